// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import dev.latchkey.kubernetes.workload.Obstacle.Hope;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that is known of a rollout at one moment, and what follows from it. Pure.
///
/// The rules are those of `kubectl rollout status`.
///
/// @param workloads those awaited that the cluster shows
/// @param warnings the warning events of the namespace
/// @see <a
///   href="https://github.com/kubernetes/kubectl/blob/master/pkg/polymorphichelpers/rollout_status.go">rollout_status.go</a>
record RolloutPicture(
    Map<WorkloadRef, HasMetadata> workloads,
    List<ReplicaSet> replicaSets,
    List<Pod> pods,
    List<Event> warnings) {
  private static final String REVISION = "deployment.kubernetes.io/revision";

  /// How far one workload is.
  ///
  /// @param ready pods of the newest revision that serve
  record Progress(int ready, int wanted, boolean done) {
    Progress plus(Progress other) {
      return new Progress(ready + other.ready, wanted + other.wanted, done && other.done);
    }
  }

  /// How far all of them are.
  Progress progress(List<WorkloadRef> awaited) {
    return awaited.stream()
        .map(ref -> of(workloads.get(ref)))
        .reduce(new Progress(0, 0, true), Progress::plus);
  }

  private static Progress of(@Nullable HasMetadata workload) {
    return switch (workload) {
      case Deployment deployment -> of(deployment);
      case StatefulSet set -> of(set);
      case DaemonSet set -> of(set);
      case null, default -> new Progress(0, 1, false); // not seen yet
    };
  }

  private static Progress of(Deployment deployment) {
    int wanted = number(deployment.getSpec().getReplicas(), 1);
    var status = deployment.getStatus();
    if (status == null || isStale(deployment, status.getObservedGeneration())) {
      return new Progress(0, wanted, false);
    }
    int updated = number(status.getUpdatedReplicas(), 0);
    int available = number(status.getAvailableReplicas(), 0);
    boolean done =
        updated >= wanted && number(status.getReplicas(), 0) <= updated && available >= updated;
    return new Progress(Math.min(available, updated), wanted, done);
  }

  private static Progress of(StatefulSet set) {
    int wanted = number(set.getSpec().getReplicas(), 1);
    var status = set.getStatus();
    if (status == null || isStale(set, status.getObservedGeneration())) {
      return new Progress(0, wanted, false);
    }
    int ready = number(status.getReadyReplicas(), 0);
    if (isOnDelete(
        set.getSpec().getUpdateStrategy() == null
            ? null
            : set.getSpec().getUpdateStrategy().getType())) {
      return new Progress(ready, wanted, ready >= wanted);
    }
    int updated = number(status.getUpdatedReplicas(), 0);
    int partition = partition(set);
    boolean newest =
        partition > 0
            ? updated >= wanted - partition
            : Objects.equals(status.getCurrentRevision(), status.getUpdateRevision());
    return new Progress(ready, wanted, ready >= wanted && newest);
  }

  private static int partition(StatefulSet set) {
    var strategy = set.getSpec().getUpdateStrategy();
    return strategy == null || strategy.getRollingUpdate() == null
        ? 0
        : number(strategy.getRollingUpdate().getPartition(), 0);
  }

  private static Progress of(DaemonSet set) {
    var status = set.getStatus();
    if (status == null || isStale(set, status.getObservedGeneration())) {
      return new Progress(0, 1, false);
    }
    int wanted = number(status.getDesiredNumberScheduled(), 0);
    int available = number(status.getNumberAvailable(), 0);
    boolean newest =
        isOnDelete(
                set.getSpec().getUpdateStrategy() == null
                    ? null
                    : set.getSpec().getUpdateStrategy().getType())
            || number(status.getUpdatedNumberScheduled(), 0) >= wanted;
    return new Progress(available, wanted, newest && available >= wanted);
  }

  /// With this strategy pods change only when somebody deletes them: there is nothing to await.
  private static boolean isOnDelete(@Nullable String strategy) {
    return "OnDelete".equals(strategy);
  }

  private static boolean isStale(HasMetadata object, @Nullable Long observed) {
    Long generation = object.getMetadata().getGeneration();
    return generation != null && (observed == null || observed < generation);
  }

  /// What stands in the way, the most telling first: the pods themselves, then that there are none,
  /// then the controller's verdict.
  List<Obstacle> obstacles() {
    return workloads.values().stream()
        .filter(workload -> !of(workload).done())
        .flatMap(
            workload ->
                Stream.of(ofPods(workload), ofCreation(workload), ofDeadline(workload))
                    .flatMap(found -> found))
        .toList();
  }

  private Stream<Obstacle> ofPods(HasMetadata workload) {
    return newestPods(workload)
        .flatMap(
            pod ->
                PodReading.ailment(pod)
                    .map(
                        ailment ->
                            Obstacle.ofPod(
                                pod.getMetadata().getName(), ailment.reason(), ailment.message()))
                    .stream());
  }

  /// The pods of the newest revision; what older ones suffer says nothing about this rollout.
  private Stream<Pod> newestPods(HasMetadata workload) {
    return switch (workload) {
      case Deployment deployment ->
          newest(deployment).stream().flatMap(set -> owned(pods, set.getMetadata().getUid()));
      case StatefulSet set ->
          owned(pods, set.getMetadata().getUid())
              .filter(pod -> revision(pod).equals(updateRevision(set)));
      case DaemonSet set ->
          owned(pods, set.getMetadata().getUid()).filter(pod -> isNewest(pod, set));
      default -> Stream.empty();
    };
  }

  private Optional<ReplicaSet> newest(Deployment deployment) {
    String revision = annotation(deployment, REVISION);
    return owned(replicaSets, deployment.getMetadata().getUid())
        .filter(set -> annotation(set, REVISION).equals(revision))
        .findFirst();
  }

  private static Optional<String> revision(Pod pod) {
    return label(pod, "controller-revision-hash");
  }

  private static Optional<String> updateRevision(StatefulSet set) {
    return set.getStatus() == null
        ? Optional.empty()
        : Optional.ofNullable(set.getStatus().getUpdateRevision());
  }

  private static boolean isNewest(Pod pod, DaemonSet set) {
    String generation = annotation(set, "deprecated.daemonset.template.generation");
    Optional<String> ofPod = label(pod, "pod-template-generation");
    return ofPod.isEmpty() || generation.isEmpty() || ofPod.get().equals(generation);
  }

  private Stream<Obstacle> ofCreation(HasMetadata workload) {
    return switch (workload) {
      case Deployment deployment ->
          newest(deployment).stream().flatMap(RolloutPicture::creationOfReplicaSet);
      default -> // these have no condition for it, only events
          warnings.stream()
              .filter(event -> "FailedCreate".equals(event.getReason()))
              .filter(event -> concerns(event, workload))
              .filter(_ -> newestPods(workload).findAny().isEmpty())
              .max(Comparator.comparing(Warnings::moment))
              .map(event -> Obstacle.ofCreation(title(workload), Warnings.message(event)))
              .stream();
    };
  }

  private static Stream<Obstacle> creationOfReplicaSet(ReplicaSet set) {
    return set.getStatus() == null
        ? Stream.empty()
        : set.getStatus().getConditions().stream()
            .filter(condition -> "ReplicaFailure".equals(condition.getType()))
            .filter(condition -> "True".equals(condition.getStatus()))
            .map(
                condition ->
                    Obstacle.ofCreation(
                        title(set), Objects.requireNonNullElse(condition.getMessage(), "")));
  }

  private static Stream<Obstacle> ofDeadline(HasMetadata workload) {
    if (!(workload instanceof Deployment deployment)
        || deployment.getStatus() == null
        || isStale(deployment, deployment.getStatus().getObservedGeneration())) {
      return Stream.empty();
    }
    return deployment.getStatus().getConditions().stream()
        .filter(condition -> "ProgressDeadlineExceeded".equals(condition.getReason()))
        .map(condition -> deadline(deployment, condition));
  }

  private static Obstacle deadline(Deployment deployment, DeploymentCondition condition) {
    return new Obstacle(
        title(deployment),
        "ProgressDeadlineExceeded",
        Objects.requireNonNullElse(condition.getMessage(), ""),
        Hope.WHILE_LAGS_LAST); // pods that crash for a lag of Azure's pass the deadline, too
  }

  /// The latest warnings about the workloads, their replica sets and their pods, one a line; what
  /// older revisions of a deployment suffered says nothing about this rollout.
  List<String> latestWarnings() {
    return Warnings.latest(
        warnings.stream()
            .filter(
                event ->
                    workloads.values().stream()
                        .anyMatch(
                            object ->
                                concerns(event, object) && !concernsOlderRevision(event, object))));
  }

  private boolean concernsOlderRevision(Event event, HasMetadata workload) {
    return workload instanceof Deployment deployment
        && newest(deployment)
            .map(
                newest ->
                    owned(replicaSets, deployment.getMetadata().getUid())
                        .filter(set -> !set.equals(newest))
                        .anyMatch(set -> concerns(event, set)))
            .orElse(false);
  }

  private static boolean concerns(Event event, HasMetadata workload) {
    return Warnings.concerns(event, workload.getMetadata().getName());
  }

  private static <T extends HasMetadata> Stream<T> owned(List<T> objects, String owner) {
    return objects.stream()
        .filter(
            object ->
                object.getMetadata().getOwnerReferences().stream()
                    .anyMatch(reference -> owner.equals(reference.getUid())));
  }

  private static Optional<String> label(HasMetadata object, String name) {
    ObjectMeta metadata = object.getMetadata();
    return metadata.getLabels() == null
        ? Optional.empty()
        : Optional.ofNullable(metadata.getLabels().get(name));
  }

  private static String annotation(HasMetadata object, String name) {
    ObjectMeta metadata = object.getMetadata();
    return metadata.getAnnotations() == null
        ? ""
        : metadata.getAnnotations().getOrDefault(name, "");
  }

  private static String title(HasMetadata object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }

  private static int number(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }
}
