// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.Ending;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.trust.Hop;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Options.Profile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster that cannot be worked on, or that others work on, and the ones beside it.
class UnfitClustersTest {
  private static final String AKS = "2025-10-01";
  private static final String WEU = Stage.clusterId("aks-weu-1");
  private static final String EMPTY_CLUSTER =
      """
      {"location":"westeurope","identity":{"type":"SystemAssigned"},"properties":{
      "kubernetesVersion":"1.32.6","dnsPrefix":"again",
      "agentPoolProfiles":[{"name":"nodepool1","count":3,"vmSize":"Standard_D2s_v5","mode":"System"}]}}""";

  @TempDir Path folder;

  @Test
  void failsForAStoppedClusterUnlessItIsOptional() {
    try (var stage = Stage.of(2, folder)) {
      stage.arm("POST", WEU + "/stop", AKS, "");

      Summary needed = stage.deploy();

      assertThat(needed.complete()).isFalse();
      assertThat(Stage.told(Stage.result(needed, "aks-weu-1"), Step.WORKLOAD_IDENTITY))
          .isEqualTo(
              """
              cluster-not-running: The cluster is stopped.
              why: Nothing can be deployed to it, and the file does not say `optional: true`.
              next: az aks start --ids %s, or set `optional: true` for it"""
                  .formatted(WEU));
      assertThat(Stage.result(needed, "aks-neu-1").ending()).isEqualTo(Ending.CHANGED);

      Summary spared =
          stage.deploy(
              file -> file.replace("name: aks-weu-1,", "optional: true, name: aks-weu-1,"));

      assertThat(spared.complete()).isTrue();
      assertThat(Stage.result(spared, "aks-weu-1").ending()).isEqualTo(Ending.SKIPPED);

      stage.arm("POST", WEU + "/start", AKS, "");

      assertThat(stage.deploy().complete()).isTrue();
    }
  }

  @Test
  void namesAClusterThatIsNotThereAndDeploysToTheOthers() {
    try (var stage = Stage.of(2, folder)) {
      Summary summary = stage.deploy(file -> file.replace("name: aks-weu-1,", "name: aks-weu-9,"));

      assertThat(Stage.told(Stage.result(summary, "aks-weu-9"), Step.WORKLOAD_IDENTITY))
          .startsWith(
              "cluster-missing: There is no AKS cluster `aks-weu-9` in the resource group `rg-weu`.");
      assertThat(Stage.result(summary, "aks-neu-1").ending()).isEqualTo(Ending.CHANGED);
    }
  }

  @Test
  void deploysAnewToAClusterThatWasMadeAgain() {
    try (var stage = Stage.of(1, folder)) {
      stage.deploy();
      stage.arm("DELETE", WEU, AKS, "");
      stage.arm("PUT", WEU, AKS, EMPTY_CLUSTER);

      ClusterResult weu = Stage.result(stage.deploy(), "aks-weu-1");

      assertThat(Stage.steps(weu))
          .containsExactly(
              "workload identity changed",
              "identity unchanged",
              "credential changed",
              "access unchanged",
              "release changed",
              "verify unchanged");
      assertThat(Stage.verdicts(weu, Hop.EXCHANGE)).containsExactly("id-orders-aks-weu-1 proven");
      assertThat(stage.deploy().changes()).isZero();
    }
  }

  @Test
  void waitsWhileAnotherOperationRunsAndSaysSo() {
    try (var stage = Stage.with(paced(), folder)) {
      stage.arm("PUT", WEU, AKS, stage.arm("GET", WEU, AKS, "").toString());

      Summary summary = stage.deploy();

      assertThat(summary.complete()).isTrue();
      assertThat(stage.events)
          .anySatisfy(
              event ->
                  assertThat(event)
                      .isInstanceOfSatisfying(
                          Event.Waiting.class,
                          waiting -> assertThat(waiting.lag()).isEqualTo(Lag.CLUSTER_BUSY)));
    }
  }

  /// The one that comes second neither fails nor updates the cluster once more.
  @Test
  void twoRunsAtOnceBothEndWellAndUpdateTheClusterOnce() throws Exception {
    try (var stage = Stage.with(paced(), folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Summary> summaries =
          threads.invokeAll(List.<Callable<Summary>>of(stage::deploy, stage::deploy)).stream()
              .map(Future::resultNow)
              .toList();

      assertThat(summaries)
          .allSatisfy(
              summary ->
                  assertThat(summary.complete())
                      .as(Stage.steps(summary.clusters().getFirst()).toString())
                      .isTrue());
      assertThat(stage.requests("PUT", "managedClusters/aks-weu-1", 200)).isEqualTo(1);
      assertThat(stage.deploy().changes()).isZero();
    }
  }

  /// An update of AKS lasts some two seconds.
  private static Options paced() {
    return Options.defaults().withClusters(1).withProfile(Profile.INSTANT.at(60));
  }
}
