// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.kubernetes.KubernetesCluster;
import dev.latchkey.sandbox.kubernetes.Refusal;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The StatefulSet controller: numbered pods, one after the other. Claims of volumes are not made.
final class StatefulSets {
  private static final String HASH = "controller-revision-hash";
  private static final String INDEX = "apps.kubernetes.io/pod-index";
  private static final String SOURCE = "statefulset-controller";

  private final KubernetesCluster cluster;
  private final Happenings happenings;

  StatefulSets(KubernetesCluster cluster, Happenings happenings) {
    this.cluster = cluster;
    this.happenings = happenings;
  }

  void reconcile(String namespace, String name) {
    cluster
        .store()
        .find(Kinds.STATEFUL_SET, namespace, name)
        .filter(set -> !set.path("metadata").has("deletionTimestamp"))
        .ifPresent(this::reconcile);
  }

  private void reconcile(ObjectNode set) {
    String revision = Trees.text(set, "metadata", "name") + "-" + Owners.templateHash(set);
    step(set, revision, pods(set));
    report(set, revision);
  }

  private List<ObjectNode> pods(JsonNode set) {
    return Owners.pods(cluster, set).stream()
        .sorted(Comparator.comparingLong(StatefulSets::index))
        .toList();
  }

  private static long index(JsonNode pod) {
    return Long.parseLong(Trees.text(pod, "metadata", "labels", INDEX));
  }

  /// The next thing that is to be done: a missing pod, one too many, one of an older template.
  private void step(ObjectNode set, String revision, List<ObjectNode> pods) {
    long wanted = Trees.number(set, 1, "spec", "replicas");
    boolean ordered = !Trees.text(set, "spec", "podManagementPolicy").equals("Parallel");
    for (long index = 0; index < wanted; index++) {
      Optional<ObjectNode> pod = at(pods, index);
      if (pod.isEmpty()) {
        create(set, revision, index);
      }
      if (ordered && pod.filter(each -> Conditions.isTrue(each, "Ready")).isEmpty()) {
        return;
      }
    }
    pods.reversed().stream()
        .filter(pod -> index(pod) >= wanted || isOlder(set, pod, revision))
        .findFirst()
        .filter(Owners::isActive)
        .ifPresent(pod -> delete(set, pod));
  }

  private static Optional<ObjectNode> at(List<ObjectNode> pods, long index) {
    return pods.stream().filter(pod -> index(pod) == index).findFirst();
  }

  private static boolean isOlder(JsonNode set, JsonNode pod, String revision) {
    return !Trees.text(set, "spec", "updateStrategy", "type").equals("OnDelete")
        && !Trees.text(pod, "metadata", "labels", HASH).equals(revision);
  }

  private void create(ObjectNode set, String revision, long index) {
    ObjectNode pod = Owners.podOf(set);
    String name = Trees.text(set, "metadata", "name") + "-" + index;
    ObjectNode metadata = Trees.child(pod, "metadata").put("name", name);
    metadata.remove("generateName");
    Trees.child(metadata, "labels")
        .put(HASH, revision)
        .put("statefulset.kubernetes.io/pod-name", name)
        .put(INDEX, Long.toString(index));
    Trees.child(pod, "spec").put("hostname", name);
    try {
      cluster.resources().create(Kinds.POD, Trees.text(set, "metadata", "namespace"), pod);
      happenings.normal(
          set, SOURCE, "SuccessfulCreate", "create Pod " + name + " in StatefulSet successful");
    } catch (Refusal refusal) {
      happenings.warning(
          set, SOURCE, "FailedCreate", "create Pod " + name + " failed: " + refusal.getMessage());
    }
  }

  private void delete(ObjectNode set, ObjectNode pod) {
    String name = Trees.text(pod, "metadata", "name");
    cluster.resources().delete(Kinds.POD, Trees.text(pod, "metadata", "namespace"), name);
    happenings.normal(
        set, SOURCE, "SuccessfulDelete", "delete Pod " + name + " in StatefulSet successful");
  }

  private void report(ObjectNode set, String revision) {
    List<ObjectNode> pods = pods(set);
    long ready = pods.stream().filter(pod -> Conditions.isTrue(pod, "Ready")).count();
    long updated =
        pods.stream()
            .filter(pod -> Trees.text(pod, "metadata", "labels", HASH).equals(revision))
            .count();
    cluster
        .resources()
        .change(
            Kinds.STATEFUL_SET,
            Trees.text(set, "metadata", "namespace"),
            Trees.text(set, "metadata", "name"),
            each -> {
              ObjectNode status = Trees.child(each, "status");
              status.put("observedGeneration", Trees.number(set, 1, "metadata", "generation"));
              status.put("replicas", pods.size());
              Deployments.count(status, "readyReplicas", ready);
              Deployments.count(status, "updatedReplicas", updated);
              status.put("availableReplicas", (int) ready);
              status.put("updateRevision", revision).put("collisionCount", 0);
              boolean done = updated == pods.size() && ready == pods.size();
              if (done || !status.has("currentRevision")) {
                status.put("currentRevision", revision);
              }
              Deployments.count(
                  status, "currentReplicas", done ? pods.size() : pods.size() - updated);
            });
  }
}
