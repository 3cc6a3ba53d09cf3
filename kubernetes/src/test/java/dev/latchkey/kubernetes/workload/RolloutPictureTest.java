// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.port.Workloads.Patience;
import dev.latchkey.kubernetes.workload.Obstacle.Hope;
import dev.latchkey.kubernetes.workload.RolloutPicture.Progress;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutPictureTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final WorkloadRef SHOP = new WorkloadRef(WorkloadRef.Kind.DEPLOYMENT, "shop");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void aDeploymentIsDoneWhenAllPodsOfItsNewestRevisionServe() {
    var done =
        deployment(
            "observedGeneration: 2, replicas: 2, updatedReplicas: 2," + " availableReplicas: 2");

    assertThat(picture(done).progress(List.of(SHOP))).isEqualTo(new Progress(2, 2, true));
  }

  @Test
  void aStatusOfTheRevisionBeforeSaysNothing() {
    var stale =
        deployment(
            "observedGeneration: 1, replicas: 2, updatedReplicas: 2," + " availableReplicas: 2");

    assertThat(picture(stale).progress(List.of(SHOP))).isEqualTo(new Progress(0, 2, false));
  }

  @Test
  void oldPodsThatStillRunAreWaitedFor() {
    var surging =
        deployment(
            "observedGeneration: 2, replicas: 3, updatedReplicas: 2," + " availableReplicas: 3");

    assertThat(picture(surging).progress(List.of(SHOP))).isEqualTo(new Progress(2, 2, false));
  }

  @Test
  void aDeploymentThatIsNotThereYetIsWaitedFor() {
    var nothing = new RolloutPicture(Map.of(), List.of(), List.of(), List.of());

    assertThat(nothing.progress(List.of(SHOP)).done()).isFalse();
  }

  @Test
  void aStatefulSetIsDoneWhenItsRevisionsAreOne() {
    var ref = new WorkloadRef(WorkloadRef.Kind.STATEFUL_SET, "db");
    var set =
        YAML.unmarshal(
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db, uid: s1, generation: 1}
            spec: {replicas: 1}
            status: {observedGeneration: 1, readyReplicas: 1, currentRevision: a, updateRevision: b}
            """,
            StatefulSet.class);
    var picture = new RolloutPicture(Map.of(ref, set), List.of(), List.of(), List.of());
    assertThat(picture.progress(List.of(ref)).done()).isFalse();

    set.getStatus().setCurrentRevision("b");

    assertThat(picture.progress(List.of(ref)).done()).isTrue();
  }

  @Test
  void onlyThePodsOfTheNewestRevisionCount() {
    var picture =
        new RolloutPicture(
            Map.of(SHOP, deployment("observedGeneration: 2")),
            List.of(replicaSet("shop-1", "1", ""), replicaSet("shop-2", "2", "")),
            List.of(
                waitingPod("shop-1-a", "shop-1", "CrashLoopBackOff"),
                waitingPod("shop-2-a", "shop-2", "ImagePullBackOff")),
            List.of());

    assertThat(picture.obstacles())
        .containsExactly(new Obstacle("Pod/shop-2-a", "ImagePullBackOff", "because", Hope.NONE));
  }

  @Test
  void podsThatCannotBeMadeShowOnTheReplicaSet() {
    String quota = "pods \"shop-2-\" is forbidden: exceeded quota: web";
    var picture =
        new RolloutPicture(
            Map.of(SHOP, deployment("observedGeneration: 2")),
            List.of(replicaSet("shop-2", "2", quota)),
            List.of(),
            List.of());

    assertThat(picture.obstacles())
        .containsExactly(new Obstacle("ReplicaSet/shop-2", "FailedCreate", quota, Hope.NONE));
  }

  @Test
  void aWebhookThatDoesNotServeYetIsALag() {
    var obstacle =
        Obstacle.ofCreation("ReplicaSet/x", "failed calling webhook \"mutation.azure\": EOF");

    assertThat(obstacle.hope()).isEqualTo(Hope.WHILE_LAGS_LAST);
  }

  @Test
  void warningsOfOtherWorkloadsAreLeftOut() {
    var picture =
        new RolloutPicture(
            Map.of(SHOP, deployment("observedGeneration: 2")),
            List.of(),
            List.of(),
            List.of(
                warning("shop-2-a", "Failed", "2026-01-01T12:00:01Z"),
                warning("shop-2-a", "BackOff", "2026-01-01T12:00:02Z"),
                warning("other-1", "Failed", "2026-01-01T12:00:03Z")));

    assertThat(picture.latestWarnings())
        .containsExactly("Pod/shop-2-a BackOff: because", "Pod/shop-2-a Failed: because");
  }

  @Test
  void warningsOfOlderRevisionsAreLeftOut() {
    var picture =
        new RolloutPicture(
            Map.of(SHOP, deployment("observedGeneration: 2")),
            List.of(replicaSet("shop-1", "1", ""), replicaSet("shop-2", "2", "")),
            List.of(),
            List.of(
                warning("shop-1-a", "Failed", "2026-01-01T12:00:01Z"),
                warning("shop-2-a", "BackOff", "2026-01-01T12:00:02Z"),
                warning("shop-data", "ProvisioningFailed", "2026-01-01T12:00:03Z")));

    assertThat(picture.latestWarnings())
        .containsExactly(
            "Pod/shop-data ProvisioningFailed: because", "Pod/shop-2-a BackOff: because");
  }

  @Test
  void aCrashIsFinalOnlyWhenNoLagIsPossible() {
    var crash = List.of(Obstacle.ofPod("shop-2-a", "CrashLoopBackOff", "because"));

    assertThat(RolloutWatch.lasting(crash, new HashMap<>(), NOON, patience(false))).isEmpty();
    assertThat(RolloutWatch.lasting(crash, new HashMap<>(), NOON, patience(true))).isPresent();
  }

  @Test
  void aPodWithoutANodeIsGivenFiveMinutes() {
    var waiting = List.of(Obstacle.ofPod("shop-2-a", "Unschedulable", "no nodes"));
    var since = new HashMap<String, Instant>();

    assertThat(RolloutWatch.lasting(waiting, since, NOON, patience(true))).isEmpty();
    assertThat(RolloutWatch.lasting(waiting, since, NOON.plusSeconds(299), patience(true)))
        .isEmpty();
    assertThat(RolloutWatch.lasting(waiting, since, NOON.plusSeconds(300), patience(true)))
        .isPresent();
  }

  private static Patience patience(boolean crashesAreFinal) {
    return new Patience() {
      @Override
      public void seen(int ready, int wanted, Optional<String> reason) {
        // progress is not looked at here
      }

      @Override
      public void goesOn() {
        // changes nothing
      }

      @Override
      public boolean crashesAreFinal() {
        return crashesAreFinal;
      }
    };
  }

  private static RolloutPicture picture(HasMetadata workload) {
    return new RolloutPicture(Map.of(SHOP, workload), List.of(), List.of(), List.of());
  }

  private static Deployment deployment(String status) {
    return YAML.unmarshal(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: shop
          uid: d1
          generation: 2
          annotations: {deployment.kubernetes.io/revision: "2"}
        spec: {replicas: 2}
        status: {%s}
        """
            .formatted(status),
        Deployment.class);
  }

  private static ReplicaSet replicaSet(String name, String revision, String failure) {
    String conditions =
        failure.isEmpty()
            ? "[]"
            : "[{type: ReplicaFailure, status: 'True', reason: FailedCreate, message: '%s'}]"
                .formatted(failure);
    return YAML.unmarshal(
        """
        apiVersion: apps/v1
        kind: ReplicaSet
        metadata:
          name: %1$s
          uid: %1$s
          annotations: {deployment.kubernetes.io/revision: "%2$s"}
          ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: shop, uid: d1}]
        status: {replicas: 0, conditions: %3$s}
        """
            .formatted(name, revision, conditions),
        ReplicaSet.class);
  }

  private static Pod waitingPod(String name, String owner, String reason) {
    return YAML.unmarshal(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: %s
          ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: x, uid: %s}]
        status:
          containerStatuses: [{name: app, state: {waiting: {reason: %s, message: because}}}]
        """
            .formatted(name, owner, reason),
        Pod.class);
  }

  private static Event warning(String pod, String reason, String at) {
    return YAML.unmarshal(
        """
        apiVersion: v1
        kind: Event
        type: Warning
        reason: %s
        message: because
        lastTimestamp: %s
        involvedObject: {kind: Pod, name: %s}
        """
            .formatted(reason, at, pod),
        Event.class);
  }
}
