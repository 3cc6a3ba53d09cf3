// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.kubernetes.KubernetesCluster;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a kubelet reports of one pod.
///
/// @param namespace of the pod
/// @param uid the pod of this name that is meant, not a later one
record PodStatus(KubernetesCluster cluster, String namespace, String name, String uid) {

  static PodStatus of(KubernetesCluster cluster, JsonNode pod) {
    return new PodStatus(
        cluster,
        Trees.text(pod, "metadata", "namespace"),
        Trees.text(pod, "metadata", "name"),
        Trees.text(pod, "metadata", "uid"));
  }

  /// Whether the pod is still there and not to be stopped.
  boolean isWanted() {
    return cluster
        .store()
        .find(Kinds.POD, namespace, name)
        .filter(pod -> Trees.text(pod, "metadata", "uid").equals(uid))
        .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
        .isPresent();
  }

  void scheduled(String node, String address) {
    String now = cluster.resources().timestamp();
    change(
        pod -> {
          Trees.child(pod, "spec").put("nodeName", node);
          ObjectNode status = Trees.child(pod, "status");
          status.put("hostIP", Kubelet.NODE_ADDRESS).put("podIP", address).put("startTime", now);
          status.putArray("podIPs").addObject().put("ip", address);
          Conditions.set(pod, "PodScheduled", true, "", "", now);
          Conditions.set(pod, "Initialized", true, "", "", now);
        });
  }

  void waiting(String reason, String message, long restarts, ObjectNode lastState) {
    ObjectNode state = Trees.object();
    state.putObject("waiting").put("reason", reason).put("message", message);
    report("Pending", state, lastState, restarts, false);
  }

  void running(boolean ready, long restarts, ObjectNode lastState, String startedAt) {
    ObjectNode state = Trees.object();
    state.putObject("running").put("startedAt", startedAt);
    report("Running", state, lastState, restarts, ready);
  }

  /// Waiting after a crash: the phase stays `Running`.
  void backingOff(String message, long restarts, ObjectNode lastState) {
    ObjectNode state = Trees.object();
    state.putObject("waiting").put("reason", "CrashLoopBackOff").put("message", message);
    report("Running", state, lastState, restarts, false);
  }

  void ended(int exitCode, long restarts, ObjectNode state) {
    report(exitCode == 0 ? "Succeeded" : "Failed", state, Trees.object(), restarts, false);
  }

  /// The state of a container that ended.
  static ObjectNode terminated(int exitCode, String startedAt, String finishedAt) {
    ObjectNode state = Trees.object();
    state
        .putObject("terminated")
        .put("exitCode", exitCode)
        .put("reason", exitCode == 0 ? "Completed" : "Error")
        .put("startedAt", startedAt)
        .put("finishedAt", finishedAt);
    return state;
  }

  private void report(
      String phase, ObjectNode state, ObjectNode lastState, long restarts, boolean ready) {
    String now = cluster.resources().timestamp();
    change(
        pod -> {
          ObjectNode status = Trees.child(pod, "status");
          status.put("phase", phase);
          ArrayNode containers = status.putArray("containerStatuses");
          for (JsonNode container : Trees.items(Trees.at(pod, "spec", "containers"))) {
            String image = Trees.text(container, "image");
            ObjectNode each = containers.addObject();
            each.put("name", Trees.text(container, "name")).put("image", image);
            each.put("imageID", "").put("ready", ready).put("started", ready);
            each.put("restartCount", restarts);
            each.set("state", state.deepCopy());
            each.set("lastState", lastState.deepCopy());
          }
          String reason = ready ? "" : "ContainersNotReady";
          Conditions.set(pod, "Ready", ready, reason, "", now);
          Conditions.set(pod, "ContainersReady", ready, reason, "", now);
        });
  }

  private void change(Consumer<ObjectNode> change) {
    cluster
        .resources()
        .change(
            Kinds.POD,
            namespace,
            name,
            pod -> {
              if (Trees.text(pod, "metadata", "uid").equals(uid)) {
                change.accept(pod);
              }
            });
  }
}
