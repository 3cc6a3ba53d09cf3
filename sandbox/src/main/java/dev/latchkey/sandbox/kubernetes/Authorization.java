// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.access.Access;
import dev.latchkey.sandbox.cluster.ClusterView;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Decides whether a caller may do something: by role assignments in Azure, or by role bindings.
///
/// On a cluster with Azure RBAC, users of Entra ID are judged by Azure alone, all others by
/// Kubernetes alone.
final class Authorization {
  /// How the guard of AKS ends its refusals.
  static final String AZURE_REFUSES =
      "User does not have access to the resource in Azure. Update role assignment to allow access.";

  private static final Set<String> OPEN_PATHS =
      Set.of("/api", "/apis", "/healthz", "/livez", "/readyz", "/version", "/openapi");

  private final World world;
  private final KubernetesCluster cluster;

  Authorization(World world, KubernetesCluster cluster) {
    this.world = world;
    this.cluster = cluster;
  }

  /// Why it is refused, possibly without a word; empty means allowed.
  Optional<String> refusal(Caller caller, Attempt attempt) {
    if (caller.almighty() || openToAll(attempt)) {
      return Optional.empty();
    }
    if (caller.source() == Caller.Source.ENTRA
        && cluster.view().authorization() == ClusterView.Authorization.AZURE_RBAC) {
      return allowedByAzure(caller, attempt) ? Optional.empty() : Optional.of(AZURE_REFUSES);
    }
    boolean allowed =
        rules(caller, attempt.namespace()).stream().anyMatch(rule -> allows(rule, attempt));
    return allowed ? Optional.empty() : Optional.of("");
  }

  /// What `system:discovery` and `system:basic-user` give to whoever is authenticated.
  private static boolean openToAll(Attempt attempt) {
    if (attempt.isPath()) {
      return attempt.verb().equals("get")
          && OPEN_PATHS.stream()
              .anyMatch(
                  open -> attempt.path().equals(open) || attempt.path().startsWith(open + "/"));
    }
    return attempt.verb().equals("create")
        && Set.of("selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews")
            .contains(attempt.resource());
  }

  private boolean allowedByAzure(Caller caller, Attempt attempt) {
    String action =
        "Microsoft.ContainerService/managedClusters/"
            + (attempt.group().isEmpty() ? "" : attempt.group() + "/")
            + (attempt.isPath() ? attempt.path().replaceFirst("^/", "") : attempt.resource())
            + "/"
            + azureVerb(attempt);
    String id = cluster.view().id();
    String scope = attempt.namespace().isEmpty() ? id : id + "/namespaces/" + attempt.namespace();
    var wish = new Access.Wish(caller.name(), action, Access.Plane.DATA, scope, Map.of());
    return world.access().allowing(wish).isPresent();
  }

  /// How the guard of AKS maps verbs; subresources count as their resource, `exec` apart.
  private static String azureVerb(Attempt attempt) {
    if (attempt.resourceWithSub().equals("pods/exec")) {
      return "exec/action";
    }
    return switch (attempt.verb()) {
      case "get", "list", "watch" -> "read";
      case "create", "update", "patch" -> "write";
      case "delete", "deletecollection" -> "delete";
      default -> attempt.verb() + "/action";
    };
  }

  /// The rules that bind a caller in a namespace, those of the whole cluster included.
  List<JsonNode> rules(Caller caller, String namespace) {
    var everywhere =
        cluster.store().list(Kinds.CLUSTER_ROLE_BINDING, "").stream()
            .filter(binding -> binds(binding, caller))
            .flatMap(binding -> roleRules(binding, "").stream());
    if (namespace.isEmpty()) {
      return everywhere.toList();
    }
    var here =
        cluster.store().list(Kinds.ROLE_BINDING, namespace).stream()
            .filter(binding -> binds(binding, caller))
            .flatMap(binding -> roleRules(binding, namespace).stream());
    return Stream.concat(everywhere, here).toList();
  }

  private List<JsonNode> roleRules(JsonNode binding, String namespace) {
    String name = Trees.text(binding, "roleRef", "name");
    var role =
        Trees.text(binding, "roleRef", "kind").equals("Role")
            ? cluster.store().find(Kinds.ROLE, namespace, name)
            : cluster.store().find(Kinds.CLUSTER_ROLE, "", name);
    return role.map(found -> Trees.items(found.path("rules"))).orElse(List.of());
  }

  private static boolean binds(JsonNode binding, Caller caller) {
    String home = Trees.text(binding, "metadata", "namespace");
    return Trees.items(binding.path("subjects")).stream()
        .anyMatch(subject -> isCaller(subject, home, caller));
  }

  private static boolean isCaller(JsonNode subject, String home, Caller caller) {
    String name = Trees.text(subject, "name");
    return switch (Trees.text(subject, "kind")) {
      case "User" -> caller.name().equals(name);
      case "Group" -> caller.groups().contains(name);
      case "ServiceAccount" -> {
        String namespace = Trees.text(subject, "namespace");
        yield caller
            .name()
            .equals(
                "system:serviceaccount:" + (namespace.isEmpty() ? home : namespace) + ":" + name);
      }
      default -> false;
    };
  }

  private static boolean allows(JsonNode rule, Attempt attempt) {
    if (!has(rule, "verbs", attempt.verb())) {
      return false;
    }
    if (attempt.isPath()) {
      return Trees.items(rule.path("nonResourceURLs")).stream()
          .map(JsonNode::asString)
          .anyMatch(url -> pathMatches(url, attempt.path()));
    }
    boolean names = rule.path("resourceNames").isEmpty();
    return has(rule, "apiGroups", attempt.group())
        && (has(rule, "resources", attempt.resourceWithSub())
            || (!attempt.subresource().isEmpty()
                && listed(rule, "resources", "*/" + attempt.subresource())))
        && (names || listed(rule, "resourceNames", attempt.name()));
  }

  private static boolean pathMatches(String url, String path) {
    return url.endsWith("*")
        ? path.startsWith(url.substring(0, url.length() - 1))
        : url.equals(path);
  }

  private static boolean has(JsonNode rule, String list, String wanted) {
    return listed(rule, list, "*") || listed(rule, list, wanted);
  }

  private static boolean listed(JsonNode rule, String list, String wanted) {
    return Trees.items(rule.path(list)).stream().anyMatch(each -> each.asString().equals(wanted));
  }
}
