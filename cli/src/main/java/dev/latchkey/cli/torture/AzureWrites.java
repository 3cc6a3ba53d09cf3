// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.resource.CredentialName;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Role;
import dev.latchkey.core.resource.RoleAssignmentName;
import dev.latchkey.sandbox.message.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a deployment may write through ARM.
final class AzureWrites {
  private static final Pattern CREDENTIAL =
      Pattern.compile("(.+)/federatedIdentityCredentials/([^/]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(.+)/providers/Microsoft.Authorization/roleAssignments/([^/]+)",
          Pattern.CASE_INSENSITIVE);

  /// What an update of a cluster changes: the two properties, and what Azure keeps itself.
  private static final Pattern MAY_CHANGE =
      Pattern.compile(
          "/properties/oidcIssuerProfile/.*|/properties/securityProfile/workloadIdentity/.*"
              + "|.*/provisioningState|(?i:.*/etag)|/systemData/.*|.*/currentOrchestratorVersion"
              + "|.*/resourceUID|.*/nodeImageVersion");

  private final List<Target> targets;
  private final There there;

  AzureWrites(List<Target> targets, There there) {
    this.targets = targets;
    this.there = there;
  }

  /// Why a write is wrong; empty when it may be.
  Optional<String> complaint(Ask ask) {
    String path = ask.path();
    if (ask.method().equals("POST")) {
      return post(path);
    }
    if (!ask.method().equals("PUT")) {
      return Optional.of("a deployment puts, and deletes nothing");
    }
    Matcher assignment = ASSIGNMENT.matcher(path);
    if (assignment.matches()) {
      return assignment(assignment.group(1), assignment.group(2), body(ask));
    }
    Matcher credential = CREDENTIAL.matcher(path);
    if (credential.matches()) {
      return credential(credential.group(1), credential.group(2), body(ask));
    }
    if (targetOfCluster(path).isPresent()) {
      return Optional.empty(); // what it changes is seen afterwards
    }
    return targetOfIdentity(path)
        .map(target -> identity(target, body(ask)))
        .orElse(Optional.of("no cluster of the fleet has such a thing"));
  }

  private Optional<String> post(String path) {
    if (path.endsWith("/oauth2/v2.0/token")) {
      return Optional.empty();
    }
    String cluster = path.replaceFirst("(?i)/listClusterUserCredential$", "");
    return !cluster.equals(path) && targetOfCluster(cluster).isPresent()
        ? Optional.empty()
        : Optional.of("a deployment does no such thing");
  }

  private Optional<String> identity(Target target, JsonNode body) {
    JsonNode tags = body.path("tags");
    boolean ours =
        tags.path("latchkey-application").asString().equals(target.application())
            && tags.path("latchkey-cluster")
                .asString()
                .equalsIgnoreCase(target.cluster().toString());
    return ours ? Optional.empty() : Optional.of("its tags name something else: " + tags);
  }

  private Optional<String> credential(String parent, String name, JsonNode body) {
    Optional<Target> owner = targetOfIdentity(parent);
    if (owner.isEmpty()) {
      return Optional.of("the identity belongs to no cluster of the fleet");
    }
    Target target = owner.get();
    JsonNode wish = body.path("properties");
    String issuer =
        there.cluster(target.cluster()).at("/properties/oidcIssuerProfile/issuerURL").asString();
    if (!name.equals(CredentialName.of(target.cluster(), target.serviceAccount()))) {
      return Optional.of("a credential of another name");
    }
    if (!wish.path("issuer").asString().equals(issuer)) {
      return Optional.of("the issuer of its cluster is " + issuer);
    }
    String subject =
        "system:serviceaccount:%s:%s"
            .formatted(target.serviceAccount().namespace(), target.serviceAccount().name());
    return wish.path("subject").asString().equals(subject)
        ? Optional.empty()
        : Optional.of("its subject is not " + subject);
  }

  private Optional<String> assignment(String scope, String name, JsonNode body) {
    JsonNode wish = body.path("properties");
    String principal = wish.path("principalId").asString();
    if (!Role.KEY_VAULT_SECRETS_USER.is(wish.path("roleDefinitionId").asString())) {
      return Optional.of("another role than " + Role.KEY_VAULT_SECRETS_USER.title());
    }
    Optional<Target> owner =
        targets.stream().filter(target -> principal.equals(principalOf(target))).findFirst();
    if (owner.isEmpty()) {
      return Optional.of("the principal is no identity of the fleet");
    }
    Optional<ResourceId> secret =
        owner.get().vault().secrets().stream()
            .map(each -> owner.get().vault().scope(each.name()))
            .filter(id -> id.toString().equalsIgnoreCase(scope))
            .findFirst();
    if (secret.isEmpty()) {
      return Optional.of("not the scope of a secret that this cluster declares");
    }
    String expected =
        RoleAssignmentName.of(
            secret.get(), Role.KEY_VAULT_SECRETS_USER.guid(), new PrincipalId(principal));
    return name.equalsIgnoreCase(expected)
        ? Optional.empty()
        : Optional.of("the name that follows from scope, role and principal is " + expected);
  }

  private String principalOf(Target target) {
    return there.identity(target).at("/properties/principalId").asString();
  }

  private Optional<Target> targetOfCluster(String path) {
    return targets.stream()
        .filter(target -> target.cluster().toString().equalsIgnoreCase(path))
        .findFirst();
  }

  private Optional<Target> targetOfIdentity(String path) {
    return targets.stream()
        .filter(
            target ->
                target
                    .identity()
                    .id(there.cluster(target.cluster()).path("location").asString(""))
                    .toString()
                    .equalsIgnoreCase(path))
        .findFirst();
  }

  private static JsonNode body(Ask ask) {
    try {
      return JsonMapper.shared().readTree(ask.body());
    } catch (JacksonException e) {
      return JsonMapper.shared().createObjectNode();
    }
  }

  /// A cluster before somebody puts it, so that it can be told what that changed.
  record Before(Optional<Target> target, JsonNode tree, There there) {
    /// What it must not have changed.
    List<String> changed() {
      if (target.isEmpty()) {
        return List.of();
      }
      var changed = new ArrayList<String>();
      compare("", tree, there.cluster(target.get().cluster()), changed);
      return changed.stream().filter(path -> !MAY_CHANGE.matcher(path).matches()).toList();
    }

    private static void compare(String path, JsonNode one, JsonNode other, List<String> changed) {
      if (one.isObject() || other.isObject()) {
        var names = new TreeSet<>(one.propertyNames());
        names.addAll(other.propertyNames());
        names.forEach(
            name -> compare(path + "/" + name, one.path(name), other.path(name), changed));
      } else if (one.isArray() && one.size() == other.size()) {
        for (int i = 0; i < one.size(); i++) {
          compare(path + "/" + i, one.path(i), other.path(i), changed);
        }
      } else if (!one.equals(other) && !(isOff(one) && isOff(other))) {
        changed.add(path);
      }
    }

    /// AKS writes `false` where nothing was said.
    private static boolean isOff(JsonNode node) {
      return !node.asBoolean(false) && (node.isMissingNode() || node.isNull() || node.isBoolean());
    }
  }

  Before before(Ask ask) {
    Optional<Target> target =
        ask.method().equals("PUT") ? targetOfCluster(ask.path()) : Optional.empty();
    return new Before(
        target,
        target
            .map(each -> there.cluster(each.cluster()))
            .orElseGet(() -> JsonMapper.shared().createObjectNode()),
        there);
  }
}
