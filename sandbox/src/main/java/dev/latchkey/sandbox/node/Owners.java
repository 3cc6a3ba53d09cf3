// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.kubernetes.KubernetesCluster;
import dev.latchkey.sandbox.kubernetes.Resources;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Who owns whom among workloads.
final class Owners {
  private Owners() {}

  /// Makes the owner the controller of an object.
  static void add(ObjectNode object, JsonNode owner) {
    Trees.list(Trees.child(object, "metadata"), "ownerReferences")
        .addObject()
        .put("apiVersion", Trees.text(owner, "apiVersion"))
        .put("kind", Trees.text(owner, "kind"))
        .put("name", Trees.text(owner, "metadata", "name"))
        .put("uid", Trees.text(owner, "metadata", "uid"))
        .put("controller", true)
        .put("blockOwnerDeletion", true);
  }

  /// A pod of the owner's template.
  static ObjectNode podOf(JsonNode owner) {
    ObjectNode pod = Trees.object();
    JsonNode template = Trees.at(owner, "spec", "template");
    pod.set("metadata", template.path("metadata").deepCopy());
    pod.set("spec", template.path("spec").deepCopy());
    Trees.child(pod, "metadata").put("generateName", Trees.text(owner, "metadata", "name") + "-");
    add(pod, owner);
    return pod;
  }

  /// Stands for the owner's template: another template has another one.
  static String templateHash(JsonNode owner) {
    String template = Trees.at(owner, "spec", "template").toString();
    return UUID.nameUUIDFromBytes(template.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "")
        .substring(0, 10);
  }

  static List<ObjectNode> pods(KubernetesCluster cluster, JsonNode owner) {
    String uid = Trees.text(owner, "metadata", "uid");
    return cluster.store().list(Kinds.POD, Trees.text(owner, "metadata", "namespace")).stream()
        .filter(pod -> Resources.isOwnedBy(pod, uid))
        .toList();
  }

  static boolean isActive(JsonNode pod) {
    return !pod.path("metadata").has("deletionTimestamp")
        && !Set.of("Succeeded", "Failed").contains(Trees.text(pod, "status", "phase"));
  }
}
