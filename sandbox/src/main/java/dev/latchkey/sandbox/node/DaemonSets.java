// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.kubernetes.KubernetesCluster;
import dev.latchkey.sandbox.kubernetes.Refusal;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The DaemonSet controller: one pod for each node, and a simulated cluster has one node.
final class DaemonSets {
  private static final String HASH = "controller-revision-hash";
  private static final String SOURCE = "daemonset-controller";

  private final KubernetesCluster cluster;
  private final Happenings happenings;

  DaemonSets(KubernetesCluster cluster, Happenings happenings) {
    this.cluster = cluster;
    this.happenings = happenings;
  }

  void reconcile(String namespace, String name) {
    cluster
        .store()
        .find(Kinds.DAEMON_SET, namespace, name)
        .filter(set -> !set.path("metadata").has("deletionTimestamp"))
        .ifPresent(this::reconcile);
  }

  private void reconcile(ObjectNode set) {
    String hash = Owners.templateHash(set);
    List<ObjectNode> pods = Owners.pods(cluster, set);
    if (pods.isEmpty()) {
      create(set, hash);
    }
    pods.stream()
        .filter(Owners::isActive)
        .filter(pod -> isOlder(set, pod, hash))
        .forEach(pod -> delete(set, pod));
    report(set, hash);
  }

  private static boolean isOlder(JsonNode set, JsonNode pod, String hash) {
    return !Trees.text(set, "spec", "updateStrategy", "type").equals("OnDelete")
        && !Trees.text(pod, "metadata", "labels", HASH).equals(hash);
  }

  private void create(ObjectNode set, String hash) {
    ObjectNode pod = Owners.podOf(set);
    Trees.child(pod, "metadata", "labels").put(HASH, hash);
    try {
      ObjectNode made =
          cluster.resources().create(Kinds.POD, Trees.text(set, "metadata", "namespace"), pod);
      happenings.normal(
          set, SOURCE, "SuccessfulCreate", "Created pod: " + Trees.text(made, "metadata", "name"));
    } catch (Refusal refusal) {
      happenings.warning(set, SOURCE, "FailedCreate", "Error creating: " + refusal.getMessage());
    }
  }

  private void delete(ObjectNode set, ObjectNode pod) {
    String name = Trees.text(pod, "metadata", "name");
    cluster.resources().delete(Kinds.POD, Trees.text(pod, "metadata", "namespace"), name);
    happenings.normal(set, SOURCE, "SuccessfulDelete", "Deleted pod: " + name);
  }

  private void report(ObjectNode set, String hash) {
    Optional<ObjectNode> pod =
        Owners.pods(cluster, set).stream().filter(Owners::isActive).findFirst();
    int ready = count(pod.filter(each -> Conditions.isTrue(each, "Ready")));
    int updated =
        count(pod.filter(each -> Trees.text(each, "metadata", "labels", HASH).equals(hash)));
    cluster
        .resources()
        .change(
            Kinds.DAEMON_SET,
            Trees.text(set, "metadata", "namespace"),
            Trees.text(set, "metadata", "name"),
            each -> {
              ObjectNode status = Trees.child(each, "status");
              status.put("observedGeneration", Trees.number(set, 1, "metadata", "generation"));
              status.put("desiredNumberScheduled", 1).put("currentNumberScheduled", count(pod));
              status.put("numberReady", ready).put("numberMisscheduled", 0);
              Deployments.count(status, "updatedNumberScheduled", updated);
              Deployments.count(status, "numberAvailable", ready);
              Deployments.count(status, "numberUnavailable", 1L - ready);
            });
  }

  private static int count(Optional<ObjectNode> pod) {
    return pod.isPresent() ? 1 : 0;
  }
}
