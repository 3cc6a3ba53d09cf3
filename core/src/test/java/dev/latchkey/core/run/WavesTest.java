// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.Ending;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.event.WaveVerdict;
import dev.latchkey.core.fleet.Budget;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.RolloutWish;
import dev.latchkey.core.fleet.RolloutWish.OnFailure;
import dev.latchkey.core.fleet.VaultAccess.Means;
import dev.latchkey.core.fleet.Wave;
import dev.latchkey.core.fleet.Wave.Members;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.port.Workloads.Rollout;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.resource.ReleaseCopy;
import dev.latchkey.core.step.Samples;
import dev.latchkey.core.step.StepProblem;
import dev.latchkey.core.step.Steps;
import dev.latchkey.core.trust.Hop;
import dev.latchkey.core.trust.Proof;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Waves, as the engine carries them out.
class WavesTest {
  private static final Duration SOAK = Duration.ofMinutes(10);

  private static final Rollout STUCK =
      new Rollout.Stuck("Deployment/orders", "CrashLoopBackOff", "back-off", List.of());

  private final World world = new World("aks-weu-1", "aks-neu-1", "aks-neu-2");
  private final List<Event> events = new CopyOnWriteArrayList<>();

  @Test
  void theSecondWaveBeginsOnceTheFirstHasBeenWatched() throws InterruptedException {
    Summary summary = deploy(OnFailure.STOP, 10);

    assertThat(summary.count(Ending.CHANGED)).isEqualTo(3);
    assertThat(summary.took()).isGreaterThan(SOAK);
    assertThat(waves())
        .extracting(Event::getClass)
        .containsExactly(
            Event.WaveStarted.class,
            Event.Soaking.class,
            Event.WaveEnded.class,
            Event.WaveStarted.class,
            Event.WaveEnded.class);
  }

  @Test
  void aRunThatChangesNothingDoesNotWaitAgain() throws InterruptedException {
    deploy(OnFailure.STOP, 10);
    events.clear();
    world.time.pause(SOAK);

    Summary second = deploy(OnFailure.STOP, 10);

    assertThat(second.count(Ending.UNCHANGED)).isEqualTo(3);
    assertThat(waves()).noneMatch(Event.Soaking.class::isInstance);
  }

  @Test
  void aFailingCanaryLeavesTheOthersAsTheyAre() throws InterruptedException {
    world.clusters.remove(Samples.CLUSTER.key());

    Summary summary = deploy(OnFailure.STOP, 10);

    assertThat(summary.clusters())
        .extracting(ClusterResult::ending)
        .containsExactly(Ending.FAILED, Ending.NOT_STARTED, Ending.NOT_STARTED);
    assertThat(summary.clusters().getLast().steps().values())
        .extracting(ClusterResult.StepResult::outcome)
        .containsOnly(new Outcome.Withheld("1 cluster of wave `canary` failed, and none may"))
        .hasSize(6);
    assertThat(world.writes).isEmpty();
    assertThat(waves().getLast())
        .isInstanceOfSatisfying(
            Event.WaveEnded.class, end -> assertThat(end.verdict()).isEqualTo(WaveVerdict.STOPPED));
  }

  @Test
  void aFailingCanaryIsPassedWhenTheFileSaysGoOn() throws InterruptedException {
    world.clusters.remove(Samples.CLUSTER.key());

    Summary summary = deploy(OnFailure.CONTINUE, 10);

    assertThat(summary.clusters())
        .extracting(ClusterResult::ending)
        .containsExactly(Ending.FAILED, Ending.CHANGED, Ending.CHANGED);
  }

  @Test
  void aClusterThatStopsServingWhileItIsWatchedStopsTheRollout() throws InterruptedException {
    world.rollouts.add(new Rollout.Ready(1));
    world.rollouts.add(STUCK);

    Summary summary = deploy(OnFailure.STOP, 10);

    assertThat(summary.clusters())
        .extracting(ClusterResult::ending)
        .containsExactly(Ending.FAILED, Ending.NOT_STARTED, Ending.NOT_STARTED);
    assertThat(summary.clusters().getFirst().problems())
        .containsExactly(
            Map.entry(
                Step.VERIFICATION,
                new StepProblem.ServesNoMore(
                    "`Deployment/orders`: CrashLoopBackOff", "back-off", List.of())));
    assertThat(summary.changes()).isEqualTo(6);
  }

  @Test
  void whatAFailingWaveChangedGoesBackWhenTheFileSaysSo() throws InterruptedException {
    deploy(OnFailure.ROLL_BACK, 10);
    world.releases.computeIfPresent(Samples.CLUSTER.key(), (_, release) -> edited(release));
    world.rollouts.add(new Rollout.Ready(1));
    world.rollouts.add(STUCK);
    world.writes.clear();
    events.clear();

    Summary summary = deploy(OnFailure.ROLL_BACK, 10);

    assertThat(summary.clusters())
        .extracting(ClusterResult::ending)
        .containsExactly(Ending.ROLLED_BACK, Ending.NOT_STARTED, Ending.NOT_STARTED);
    assertThat(summary.complete()).isFalse();
    assertThat(world.writes).endsWith("rolled back aks-weu-1");
    assertThat(summary.clusters().getFirst().rollBack().orElseThrow().outcome())
        .isInstanceOfSatisfying(
            Outcome.Changed.class,
            back ->
                assertThat(back.note()).isEqualTo("revision 1 is back as revision 3: 1 pod ready"));
    assertThat(summary.clusters().getFirst().proofs())
        .extracting(proof -> proof.hop() + " " + proof.about())
        .as("of the revision that serves, not of both")
        .doesNotHaveDuplicates()
        .hasSize(9);
    assertThat(waves().getLast())
        .isInstanceOfSatisfying(
            Event.WaveEnded.class,
            end -> assertThat(end.verdict()).isEqualTo(WaveVerdict.ROLLED_BACK));
  }

  @Test
  void oneClusterAtATimeLendsItsTokenToTheNext() throws InterruptedException {
    Summary summary = deploy(OnFailure.STOP, 1);

    assertThat(summary.clusters())
        .map(WavesTest::foreign)
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(Proof.Verdict.NotProven.class),
            second -> assertThat(second).isInstanceOf(Proof.Verdict.NotProven.class),
            third -> assertThat(third).isInstanceOf(Proof.Verdict.Proven.class));
  }

  private static Proof.Verdict foreign(ClusterResult cluster) {
    return cluster.proofs().stream()
        .filter(proof -> proof.hop() == Hop.FOREIGN_REFUSED)
        .map(Proof::verdict)
        .findFirst()
        .orElseThrow();
  }

  /// The record of a chart that differs from the wanted one, so that the next run writes a
  /// revision.
  private static Release edited(Release release) {
    return ReleaseCopy.of(release).chartDigest("digest-0").made();
  }

  private List<Event> waves() {
    return events.stream()
        .filter(
            event ->
                event instanceof Event.WaveStarted
                    || event instanceof Event.Soaking
                    || event instanceof Event.WaveEnded)
        .toList();
  }

  private Summary deploy(OnFailure onFailure, int parallel) throws InterruptedException {
    var runner =
        new Runner(
            world.ports(),
            Limits.azure(),
            new Steps("https://login.microsoftonline.com/", "latchkey-probe-1"),
            List.of(events::add));
    return runner.deploy(fleet(onFailure, parallel));
  }

  private static Fleet fleet(OnFailure onFailure, int parallel) {
    var canary = Members.Named.of(List.of(new ClusterName("aks-weu-1")));
    return new Fleet(
        "orders",
        Stream.of("aks-weu-1", "aks-neu-1", "aks-neu-2")
            .map(name -> Samples.target(name, Management.ALL, Means.ROLES))
            .toList(),
        new RolloutWish(
            List.of(
                new Wave("canary", canary, parallel, new Budget.Count(0), SOAK),
                new Wave("rest", new Members.Rest(), parallel, new Budget.Count(0), Duration.ZERO)),
            onFailure));
  }
}
