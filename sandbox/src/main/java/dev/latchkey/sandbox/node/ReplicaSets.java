// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.clock.Agenda;
import dev.latchkey.sandbox.kubernetes.KubernetesCluster;
import dev.latchkey.sandbox.kubernetes.Refusal;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The ReplicaSet controller: as many pods as wanted.
final class ReplicaSets {
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final String SOURCE = "replicaset-controller";

  private final KubernetesCluster cluster;
  private final Happenings happenings;
  private final Agenda agenda;

  ReplicaSets(KubernetesCluster cluster, Happenings happenings, Agenda agenda) {
    this.cluster = cluster;
    this.happenings = happenings;
    this.agenda = agenda;
  }

  void reconcile(String namespace, String name) {
    cluster
        .store()
        .find(Kinds.REPLICA_SET, namespace, name)
        .filter(set -> !set.path("metadata").has("deletionTimestamp"))
        .ifPresent(this::reconcile);
  }

  private void reconcile(ObjectNode set) {
    String namespace = Trees.text(set, "metadata", "namespace");
    List<ObjectNode> active = Owners.pods(cluster, set).stream().filter(Owners::isActive).toList();
    long wanted = Trees.number(set, 1, "spec", "replicas");
    Optional<Refusal> refusal = Optional.empty();
    for (long i = active.size(); i < wanted && refusal.isEmpty(); i++) {
      refusal = create(set);
    }
    // those that do not serve go first
    active.stream()
        .sorted(
            (one, two) ->
                Boolean.compare(Conditions.isTrue(one, "Ready"), Conditions.isTrue(two, "Ready")))
        .limit(Math.max(0, active.size() - wanted))
        .forEach(pod -> delete(set, pod));
    report(set, refusal);
    if (refusal.isPresent()) {
      String name = Trees.text(set, "metadata", "name");
      agenda.after(RETRY, () -> reconcile(namespace, name));
    }
  }

  private Optional<Refusal> create(ObjectNode set) {
    try {
      ObjectNode pod =
          cluster
              .resources()
              .create(Kinds.POD, Trees.text(set, "metadata", "namespace"), Owners.podOf(set));
      happenings.normal(
          set, SOURCE, "SuccessfulCreate", "Created pod: " + Trees.text(pod, "metadata", "name"));
      return Optional.empty();
    } catch (Refusal refusal) {
      happenings.warning(set, SOURCE, "FailedCreate", "Error creating: " + refusal.getMessage());
      return Optional.of(refusal);
    }
  }

  private void delete(ObjectNode set, ObjectNode pod) {
    String name = Trees.text(pod, "metadata", "name");
    cluster.resources().delete(Kinds.POD, Trees.text(pod, "metadata", "namespace"), name);
    happenings.normal(set, SOURCE, "SuccessfulDelete", "Deleted pod: " + name);
  }

  private void report(ObjectNode set, Optional<Refusal> refusal) {
    List<ObjectNode> active = Owners.pods(cluster, set).stream().filter(Owners::isActive).toList();
    long ready = active.stream().filter(pod -> Conditions.isTrue(pod, "Ready")).count();
    cluster
        .resources()
        .change(
            Kinds.REPLICA_SET,
            Trees.text(set, "metadata", "namespace"),
            Trees.text(set, "metadata", "name"),
            each -> {
              ObjectNode status = Trees.child(each, "status");
              status.put("observedGeneration", Trees.number(each, 1, "metadata", "generation"));
              status.put("replicas", active.size());
              Deployments.count(status, "fullyLabeledReplicas", active.size());
              Deployments.count(status, "readyReplicas", ready);
              Deployments.count(status, "availableReplicas", ready);
              status.remove("conditions");
              refusal.ifPresent(
                  why ->
                      Conditions.set(
                          each,
                          "ReplicaFailure",
                          true,
                          "FailedCreate",
                          String.valueOf(why.getMessage()),
                          cluster.resources().timestamp()));
            });
  }
}
