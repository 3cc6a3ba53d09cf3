// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.Ending;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.gate.Bucket;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.gate.Limits.Rate;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.ObservedCluster.Feature;
import dev.latchkey.core.step.Samples;
import dev.latchkey.core.step.StepProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirstContactTest {
  private final World world = new World("aks-weu-1", "aks-neu-1");
  private final Fleet fleet = RunnerTest.fleet("aks-weu-1", "aks-neu-1");

  @Test
  void nothingIsWrittenForAClusterThatIsOutOfReach() throws InterruptedException {
    world.silent.add("aks-weu-1");

    Summary summary = runner(Limits.azure()).deploy(fleet);

    ClusterResult silent = summary.clusters().getFirst();
    assertThat(silent.problems())
        .isEqualTo(
            Map.of(
                Step.HELM_RELEASE,
                new StepProblem.ApiServerUnreachable(
                    Samples.CLUSTER, Samples.cluster().reach(), "connect timed out")));
    assertThat(summary.clusters().getLast().ending()).isEqualTo(Ending.CHANGED);
    assertThat(world.writes).hasSize(6).allMatch(write -> !write.contains("aks-weu-1"));
  }

  @Test
  void thePlanSaysSo() throws InterruptedException {
    world.silent.add("aks-weu-1");

    ClusterPlan plan = runner(Limits.azure()).plan(fleet).plan().clusters().getFirst();

    assertThat(plan.isBlocked()).isTrue();
    assertThat(plan.changes()).isEmpty();
  }

  @Test
  void whatIsAsWantedIsStillSeenSo() throws InterruptedException {
    runner(Limits.azure()).deploy(fleet);
    world.silent.add("aks-weu-1");

    ClusterPlan plan = runner(Limits.azure()).plan(fleet).plan().clusters().getFirst();

    assertThat(plan.steps()).containsOnlyKeys(Step.values());
    assertThat(plan.step(Step.FEDERATED_CREDENTIAL))
        .get()
        .matches(step -> !step.changesSomething());
  }

  @Test
  void itIsAskedAgainForAsLongAsARestartUsuallyTakes() throws InterruptedException {
    world.silent.add("aks-weu-1");
    Instant start = world.time.now();

    runner(Limits.azure()).plan(RunnerTest.fleet("aks-weu-1"));

    Duration usual = Lag.API_SERVER_RESTARTING.usual();
    assertThat(Duration.between(start, world.time.now())).isBetween(usual, usual.plusSeconds(5));
  }

  @Test
  void anApiServerThatIsSilentOrBusyForAMomentIsNotRefused() throws InterruptedException {
    world.silences.addAll(
        List.of(
            World.SILENCE,
            refused(503),
            new AzureProblem.Throttled(
                "Looking", new AzureAnswer(429, "TooManyRequests", "", ""), Duration.ZERO)));

    assertThat(runner(Limits.azure()).deploy(fleet).complete()).isTrue();
  }

  @Test
  void aRefusalIsNotAskedForAgain() throws InterruptedException {
    Problem refused = refused(400);
    world.silences.add(refused);
    Instant start = world.time.now();

    ClusterPlan plan =
        runner(Limits.azure()).plan(RunnerTest.fleet("aks-weu-1")).plan().clusters().getFirst();

    assertThat(plan.step(Step.HELM_RELEASE).orElseThrow().obstacle()).contains(refused);
    assertThat(world.time.now()).isEqualTo(start);
  }

  /// Its API server may restart for as long as the operation runs.
  @Test
  void aClusterThatStartsIsAskedAgainWhenItsTurnComes() throws InterruptedException {
    world.clusters.put(
        Samples.CLUSTER.key(),
        Samples.cluster(
            Samples.CLUSTER, Optional.of(World.issuerOf(Samples.CLUSTER)), Feature.ON, "Starting"));
    world.silent.add("aks-weu-1");

    ClusterPlan plan =
        runner(Limits.azure()).plan(RunnerTest.fleet("aks-weu-1")).plan().clusters().getFirst();

    assertThat(plan.isBlocked()).isFalse();
  }

  /// Where AKS hands out two kubeconfigs at once, the first of the rollout is still looked into.
  @Test
  void inACrowdedSubscriptionTheFirstAreLookedInto() throws InterruptedException {
    Limits few = Limits.azure().with(Bucket.CLUSTER_OTHERS, new Rate(2, 1));
    world.silent.addAll(List.of("aks-weu-1", "aks-neu-1"));

    List<ClusterPlan> plans = runner(few).plan(fleet).plan().clusters();

    assertThat(plans).extracting(ClusterPlan::isBlocked).containsExactly(true, false);
  }

  private static Problem refused(int status) {
    return new AzureProblem.Refused("Looking", new AzureAnswer(status, "Code", "words", ""));
  }

  private Runner runner(Limits limits) {
    return new Runner(world.ports(), limits, RunnerTest.STEPS, List.of());
  }
}
