// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.cluster.ClusterView;
import dev.latchkey.sandbox.cluster.Clusters;
import dev.latchkey.sandbox.kubernetes.KubernetesClusters;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The way to change the simulated world: ARM and the API servers, asked as somebody who may do
/// everything and is held to no limits, so that whoever watches sees the change.
///
/// @param arm answers the operator, see [Operator]
/// @param clusters those of `store`
record Backstage(Service arm, Store store, Clusters clusters, KubernetesClusters kubernetes) {
  private static final String CREDENTIALS =
      "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";
  static final String ASSIGNMENTS = "Microsoft.Authorization/roleAssignments";
  private static final List<String> WISHES =
      List.of(
          "roleDefinitionId",
          "principalId",
          "principalType",
          "description",
          "condition",
          "conditionVersion");
  private static final String IDENTITY_VERSION = "2023-01-31";
  private static final String ASSIGNMENT_VERSION = "2022-04-01";

  /// The federated credentials that trust a cluster, if not to the last slash.
  List<Stored> credentials(ClusterView cluster) {
    return cluster
        .issuer()
        .map(
            issuer ->
                store.below("", CREDENTIALS).stream()
                    .filter(each -> bare(issuer(each)).equals(bare(issuer)))
                    .toList())
        .orElse(List.of());
  }

  static String issuer(Stored credential) {
    return credential.tree().path("properties").path("issuer").asString("");
  }

  private static String bare(String issuer) {
    return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
  }

  /// The managed identities that trust a cluster.
  List<Stored> identities(ClusterView cluster) {
    return credentials(cluster).stream()
        .map(each -> each.id().substring(0, each.id().lastIndexOf("/federatedIdentity")))
        .distinct()
        .flatMap(id -> store.find(id).stream())
        .toList();
  }

  /// The role assignments of the identities that trust a cluster.
  List<Stored> assignments(ClusterView cluster) {
    Set<String> principals =
        identities(cluster).stream().map(Backstage::principal).collect(Collectors.toSet());
    return store.below("", ASSIGNMENTS).stream()
        .filter(each -> principals.contains(principal(each)))
        .toList();
  }

  /// The `principalId` of an identity or an assignment.
  static String principal(Stored resource) {
    return resource.tree().path("properties").path("principalId").asString("");
  }

  void putCredential(String id, JsonNode properties) {
    putProperties(id, IDENTITY_VERSION, properties);
  }

  void putAssignment(String id, JsonNode properties) {
    putProperties(id, ASSIGNMENT_VERSION, properties);
  }

  private void putProperties(String id, String version, JsonNode properties) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.set("properties", properties);
    ask("PUT", id, version, body.toString());
  }

  void putIdentity(String id, JsonNode body) {
    ask("PUT", id, IDENTITY_VERSION, body.toString());
  }

  void deleteIdentity(String id) {
    ask("DELETE", id, IDENTITY_VERSION, "");
  }

  void deleteAssignment(String id) {
    ask("DELETE", id, ASSIGNMENT_VERSION, "");
  }

  /// Takes a role assignment away.
  Undo take(Stored assignment) {
    deleteAssignment(assignment.id());
    return () -> {
      if (store.find(assignment.id()).isEmpty()) {
        putAssignment(assignment.id(), wish(assignment));
      }
    };
  }

  /// What a request says to get such an assignment.
  static ObjectNode wish(Stored assignment) {
    ObjectNode wish = JsonMapper.shared().createObjectNode();
    JsonNode properties = assignment.tree().path("properties");
    for (String member : WISHES) {
      if (properties.path(member).isString()) {
        wish.set(member, properties.path(member));
      }
    }
    return wish;
  }

  private void ask(String method, String id, String version, String body) {
    checked(Operator.toArm(method, id, version, body), arm);
  }

  /// Changes a resource without a word to anybody, as when it had been so for long.
  void edit(String id, Consumer<ObjectNode> change) {
    store.alone(
        id,
        () -> {
          store
              .find(id)
              .ifPresent(
                  found -> {
                    ObjectNode tree = found.tree().deepCopy();
                    change.accept(tree);
                    store.put(found.with(tree));
                  });
          return id;
        });
  }

  /// Gives some members of an object back the value that they had, or none.
  static void restore(ObjectNode now, JsonNode old, List<String> members) {
    for (String member : members) {
      if (old.has(member)) {
        now.set(member, old.path(member).deepCopy());
      } else {
        now.remove(member);
      }
    }
  }

  /// All resources of a type.
  List<Stored> all(String type) {
    return store.below("", type);
  }

  /// The objects of a list in a cluster.
  List<JsonNode> objects(ClusterView cluster, String path) {
    return inCluster(cluster, "GET", path, "").path("items").valueStream().toList();
  }

  /// What a cluster's API server answers its administrator.
  JsonNode inCluster(ClusterView cluster, String method, String path, String body) {
    Service server = kubernetes.of(cluster.id());
    return checked(Operator.toCluster(cluster.id(), method, path, body), server);
  }

  /// The same for what may have gone in the meantime, or come.
  void inClusterIfThere(ClusterView cluster, String method, String path, String body) {
    Answer answer =
        kubernetes.of(cluster.id()).answer(Operator.toCluster(cluster.id(), method, path, body));
    if (answer.status() >= 300 && answer.status() != 404 && answer.status() != 409) {
      throw new IllegalStateException("%s %s of the operator: %s".formatted(method, path, answer));
    }
  }

  private static JsonNode checked(Ask ask, Service service) {
    Answer answer = service.answer(ask);
    if (answer.status() >= 300) {
      throw new IllegalStateException(
          "%s %s of the operator: %s".formatted(ask.method(), ask.path(), answer));
    }
    return answer.body() instanceof Answer.Body.Json(JsonNode tree)
        ? tree
        : JsonMapper.shared().missingNode();
  }
}
