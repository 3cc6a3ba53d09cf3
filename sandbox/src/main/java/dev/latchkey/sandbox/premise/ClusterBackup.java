// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

import dev.latchkey.sandbox.cluster.ClusterView;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What people wrote into a cluster, without what controllers make of it: they make it again.
///
/// @param objects in an order in which they can be created
record ClusterBackup(List<Entry> objects) {
  /// The collections, those that others need first.
  private static final List<String> COLLECTIONS =
      List.of(
          "/api/v1/namespaces",
          "/apis/rbac.authorization.k8s.io/v1/clusterroles",
          "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
          "/apis/rbac.authorization.k8s.io/v1/roles",
          "/apis/rbac.authorization.k8s.io/v1/rolebindings",
          "/api/v1/serviceaccounts",
          "/api/v1/secrets",
          "/api/v1/configmaps",
          "/api/v1/services",
          "/apis/policy/v1/poddisruptionbudgets",
          "/apis/networking.k8s.io/v1/ingresses",
          "/apis/networking.k8s.io/v1/networkpolicies",
          "/apis/autoscaling/v2/horizontalpodautoscalers",
          "/apis/apps/v1/deployments",
          "/apis/apps/v1/statefulsets",
          "/apis/apps/v1/daemonsets",
          "/apis/batch/v1/cronjobs");

  /// One object, and the collection to create it in.
  record Entry(String collection, JsonNode object) {}

  static ClusterBackup of(Backstage stage, ClusterView cluster) {
    List<Entry> objects = new ArrayList<>();
    for (String collection : COLLECTIONS) {
      for (JsonNode object : stage.objects(cluster, collection)) {
        objects.add(new Entry(place(collection, object), bare(object)));
      }
    }
    return new ClusterBackup(List.copyOf(objects));
  }

  private static String place(String collection, JsonNode object) {
    String namespace = object.at("/metadata/namespace").asString("");
    int end = collection.lastIndexOf('/');
    return namespace.isEmpty()
        ? collection
        : "%s/namespaces/%s%s"
            .formatted(collection.substring(0, end), namespace, collection.substring(end));
  }

  private static JsonNode bare(JsonNode object) {
    ObjectNode bare = ((ObjectNode) object).deepCopy();
    bare.remove("status");
    bare.withObject("metadata").remove(List.of("uid", "resourceVersion", "creationTimestamp"));
    return bare;
  }

  /// Creates what is not there.
  void restore(Backstage stage, ClusterView cluster) {
    for (Entry each : objects) {
      stage.inClusterIfThere(cluster, "POST", each.collection(), each.object().toString());
    }
  }
}
