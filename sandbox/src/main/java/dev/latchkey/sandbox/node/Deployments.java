// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.clock.Agenda;
import dev.latchkey.sandbox.kubernetes.KubernetesCluster;
import dev.latchkey.sandbox.kubernetes.Resources;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The Deployment controller: one ReplicaSet per template, old ones rolled into the new one.
final class Deployments {
  private static final String HASH = "pod-template-hash";
  private static final String REVISION = "deployment.kubernetes.io/revision";
  private static final String SOURCE = "deployment-controller";

  private final KubernetesCluster cluster;
  private final Happenings happenings;
  private final Agenda agenda;

  Deployments(KubernetesCluster cluster, Happenings happenings, Agenda agenda) {
    this.cluster = cluster;
    this.happenings = happenings;
    this.agenda = agenda;
  }

  /// Does the next thing that the Deployment needs, if any.
  void reconcile(String namespace, String name) {
    Optional<ObjectNode> found = cluster.store().find(Kinds.DEPLOYMENT, namespace, name);
    if (found.isEmpty() || found.get().path("metadata").has("deletionTimestamp")) {
      return;
    }
    ObjectNode deployment = found.get();
    ObjectNode current = current(deployment);
    if (!Trees.at(deployment, "spec", "paused").booleanValue(false)) {
      roll(deployment, current, others(deployment, current));
    }
    forgetOld(deployment, current);
    report(deployment, current);
  }

  private List<ObjectNode> owned(JsonNode deployment) {
    String uid = Trees.text(deployment, "metadata", "uid");
    return cluster
        .store()
        .list(Kinds.REPLICA_SET, Trees.text(deployment, "metadata", "namespace"))
        .stream()
        .filter(set -> Resources.isOwnedBy(set, uid))
        .toList();
  }

  private List<ObjectNode> others(JsonNode deployment, JsonNode current) {
    String name = Trees.text(current, "metadata", "name");
    return owned(deployment).stream()
        .filter(set -> !Trees.text(set, "metadata", "name").equals(name))
        .toList();
  }

  /// The ReplicaSet of the Deployment's template, made if it is missing, of the highest revision.
  private ObjectNode current(ObjectNode deployment) {
    String namespace = Trees.text(deployment, "metadata", "namespace");
    String hash = Owners.templateHash(deployment);
    String name = Trees.text(deployment, "metadata", "name") + "-" + hash;
    Optional<ObjectNode> there = cluster.store().find(Kinds.REPLICA_SET, namespace, name);
    long highest =
        owned(deployment).stream()
            .filter(set -> !Trees.text(set, "metadata", "name").equals(name))
            .mapToLong(Deployments::revision)
            .max()
            .orElse(0);
    long revision = Math.max(highest + 1, there.map(Deployments::revision).orElse(1L));
    ObjectNode set =
        there
            .map(
                _ ->
                    cluster
                        .resources()
                        .change(Kinds.REPLICA_SET, namespace, name, old -> mark(old, revision))
                        .orElseThrow())
            .orElseGet(
                () ->
                    cluster
                        .resources()
                        .create(
                            Kinds.REPLICA_SET,
                            namespace,
                            newSet(deployment, name, hash, revision)));
    cluster
        .resources()
        .change(
            Kinds.DEPLOYMENT,
            namespace,
            Trees.text(deployment, "metadata", "name"),
            old -> mark(old, revision));
    return set;
  }

  private static long revision(JsonNode object) {
    String revision = Trees.text(object, "metadata", "annotations", REVISION);
    return revision.matches("[0-9]{1,18}") ? Long.parseLong(revision) : 0;
  }

  private static void mark(ObjectNode object, long revision) {
    Trees.child(object, "metadata", "annotations").put(REVISION, Long.toString(revision));
  }

  private static ObjectNode newSet(ObjectNode deployment, String name, String hash, long revision) {
    ObjectNode set = Trees.object();
    Trees.child(set, "metadata").put("name", name);
    mark(set, revision);
    Owners.add(set, deployment);
    ObjectNode spec = Trees.child(set, "spec");
    spec.put("replicas", 0);
    spec.set("selector", Trees.at(deployment, "spec", "selector").deepCopy());
    Trees.child(spec, "selector", "matchLabels").put(HASH, hash);
    spec.set("template", Trees.at(deployment, "spec", "template").deepCopy());
    ObjectNode labels = Trees.child(spec, "template", "metadata", "labels");
    labels.put(HASH, hash);
    Trees.child(set, "metadata").set("labels", labels.deepCopy());
    return set;
  }

  private void roll(ObjectNode deployment, ObjectNode current, List<ObjectNode> others) {
    long desired = Trees.number(deployment, 1, "spec", "replicas");
    if (Trees.text(deployment, "spec", "strategy", "type").equals("Recreate")) {
      others.forEach(old -> scale(deployment, old, 0));
      // those that are still ending count: the two templates never run together
      if (others.stream().allMatch(old -> Owners.pods(cluster, old).isEmpty())) {
        scale(deployment, current, desired);
      }
      return;
    }
    JsonNode rolling = Trees.at(deployment, "spec", "strategy", "rollingUpdate");
    long surge = share(rolling.path("maxSurge"), desired, Math::ceil);
    long unavailable = share(rolling.path("maxUnavailable"), desired, Math::floor);
    long lacking = surge == 0 && unavailable == 0 ? 1 : unavailable;
    long mine = wanted(current);
    long all = mine + others.stream().mapToLong(Deployments::wanted).sum();
    long target = Math.clamp(desired + surge - all + mine, Math.min(mine, desired), desired);
    scale(deployment, current, target);
    shrink(deployment, current, others, desired - lacking, all);
  }

  /// Takes old replicas away: first those that do not serve, then as many as may be missing.
  private void shrink(
      ObjectNode deployment, ObjectNode current, List<ObjectNode> others, long least, long all) {
    long waiting = wanted(current) - available(current);
    long removable = all - least - Math.max(0, waiting);
    long available = available(current) + others.stream().mapToLong(Deployments::available).sum();
    long spare = Math.max(0, available - least);
    for (ObjectNode old : others) {
      long broken = Math.clamp(wanted(old) - available(old), 0, Math.max(0, removable));
      // what is available may still be counted from before the last scaling
      long serving = Math.min(available(old), wanted(old) - broken);
      long healthy = Math.min(spare, Math.min(serving, Math.max(0, removable - broken)));
      removable -= broken + healthy;
      spare -= healthy;
      scale(deployment, old, wanted(old) - broken - healthy);
    }
  }

  private static long generation(JsonNode object) {
    return Trees.number(object, 1, "metadata", "generation");
  }

  private static long wanted(JsonNode set) {
    return Trees.number(set, 0, "spec", "replicas");
  }

  private static long available(JsonNode set) {
    return Trees.number(set, 0, "status", "availableReplicas");
  }

  private interface Rounding {
    double round(double value);
  }

  private static long share(JsonNode value, long of, Rounding rounding) {
    String text = value.isValueNode() ? value.asString() : "";
    if (text.matches("[0-9]{1,9}%")) {
      long percent = Long.parseLong(text.substring(0, text.length() - 1));
      return (long) rounding.round(of * percent / 100.0);
    }
    return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
  }

  private void scale(ObjectNode deployment, ObjectNode set, long replicas) {
    long before = wanted(set);
    if (before == replicas) {
      return;
    }
    String name = Trees.text(set, "metadata", "name");
    cluster
        .resources()
        .change(
            Kinds.REPLICA_SET,
            Trees.text(set, "metadata", "namespace"),
            name,
            each -> Trees.child(each, "spec").put("replicas", (int) replicas));
    happenings.normal(
        deployment,
        SOURCE,
        "ScalingReplicaSet",
        "Scaled "
            + (replicas > before ? "up" : "down")
            + " replica set "
            + name
            + " from "
            + before
            + " to "
            + replicas);
  }

  private void forgetOld(ObjectNode deployment, ObjectNode current) {
    List<ObjectNode> idle =
        others(deployment, current).stream()
            .filter(set -> wanted(set) == 0 && Trees.number(set, 0, "status", "replicas") == 0)
            .sorted((one, two) -> Long.compare(revision(one), revision(two)))
            .toList();
    long limit = Trees.number(deployment, 10, "spec", "revisionHistoryLimit");
    for (int i = 0; i < idle.size() - limit; i++) {
      cluster
          .resources()
          .delete(
              Kinds.REPLICA_SET,
              Trees.text(deployment, "metadata", "namespace"),
              Trees.text(idle.get(i), "metadata", "name"));
    }
  }

  private void report(ObjectNode deployment, ObjectNode current) {
    String namespace = Trees.text(deployment, "metadata", "namespace");
    String name = Trees.text(deployment, "metadata", "name");
    List<ObjectNode> sets = owned(deployment);
    JsonNode fresh =
        cluster
            .store()
            .find(Kinds.REPLICA_SET, namespace, Trees.text(current, "metadata", "name"))
            .orElse(current);
    cluster
        .resources()
        .change(
            Kinds.DEPLOYMENT,
            namespace,
            name,
            each -> {
              // another template may have come in between: the next turn reports on that one
              if (generation(each) == generation(deployment)) {
                report(each, sets, fresh);
              }
            });
    Instant now = Instant.parse(cluster.resources().timestamp());
    cluster
        .store()
        .find(Kinds.DEPLOYMENT, namespace, name)
        .filter(each -> !isComplete(each))
        .map(Deployments::deadline)
        .filter(due -> due.isAfter(now))
        .ifPresent(due -> agenda.at(due, () -> reconcile(namespace, name)));
  }

  private void report(ObjectNode deployment, List<ObjectNode> sets, JsonNode current) {
    String now = cluster.resources().timestamp();
    ObjectNode status = Trees.child(deployment, "status");
    JsonNode before = status.deepCopy();
    status.put("observedGeneration", generation(deployment));
    long replicas = sum(sets, "replicas");
    long available = sum(sets, "availableReplicas");
    long desired = Trees.number(deployment, 1, "spec", "replicas");
    count(status, "replicas", replicas);
    count(status, "updatedReplicas", Trees.number(current, 0, "status", "replicas"));
    count(status, "readyReplicas", sum(sets, "readyReplicas"));
    count(status, "availableReplicas", available);
    count(status, "unavailableReplicas", Math.max(0, desired - available));
    JsonNode rolling = Trees.at(deployment, "spec", "strategy", "rollingUpdate");
    long lacking = share(rolling.path("maxUnavailable"), desired, Math::floor);
    boolean enough = available >= desired - lacking;
    Conditions.set(
        deployment,
        "Available",
        enough,
        enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
        enough
            ? "Deployment has minimum availability."
            : "Deployment does not have minimum availability.",
        now);
    progress(deployment, current, before, now);
  }

  private static void progress(
      ObjectNode deployment, JsonNode current, JsonNode before, String now) {
    String set = "ReplicaSet \"" + Trees.text(current, "metadata", "name") + "\" ";
    boolean moved = false;
    for (String field :
        List.of(
            "observedGeneration",
            "replicas",
            "updatedReplicas",
            "readyReplicas",
            "availableReplicas")) {
      moved |= !before.path(field).equals(Trees.at(deployment, "status", field));
    }
    if (isComplete(deployment)) {
      Conditions.set(
          deployment,
          "Progressing",
          true,
          "NewReplicaSetAvailable",
          set + "has successfully progressed.",
          now);
    } else if (!moved && !deadline(deployment).isAfter(Instant.parse(now))) {
      Conditions.set(
          deployment,
          "Progressing",
          false,
          "ProgressDeadlineExceeded",
          set + "has timed out progressing.",
          now);
    } else if (moved) {
      Conditions.set(
          deployment, "Progressing", true, "ReplicaSetUpdated", set + "is progressing.", now);
    }
    if (moved) {
      Conditions.find(deployment, "Progressing")
          .map(ObjectNode.class::cast)
          .ifPresent(condition -> condition.put("lastUpdateTime", now));
    }
  }

  private static Instant deadline(JsonNode deployment) {
    String since =
        Conditions.find(deployment, "Progressing")
            .map(condition -> Trees.text(condition, "lastUpdateTime"))
            .filter(text -> !text.isEmpty())
            .orElse(Trees.text(deployment, "metadata", "creationTimestamp"));
    return Instant.parse(since)
        .plusSeconds(Trees.number(deployment, 600, "spec", "progressDeadlineSeconds"));
  }

  private static boolean isComplete(JsonNode deployment) {
    long desired = Trees.number(deployment, 1, "spec", "replicas");
    return Trees.number(deployment, 0, "status", "updatedReplicas") == desired
        && Trees.number(deployment, 0, "status", "replicas") == desired
        && Trees.number(deployment, 0, "status", "availableReplicas") >= desired;
  }

  private static long sum(List<ObjectNode> sets, String field) {
    return sets.stream().mapToLong(set -> Trees.number(set, 0, "status", field)).sum();
  }

  /// Kubernetes leaves out counts that are zero.
  static void count(ObjectNode status, String field, long count) {
    if (count == 0) {
      status.remove(field);
    } else {
      status.put(field, (int) count);
    }
  }
}
