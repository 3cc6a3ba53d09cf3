// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.WaveVerdict;
import dev.latchkey.core.fleet.Budget;
import dev.latchkey.core.fleet.RolloutWish;
import dev.latchkey.core.fleet.RolloutWish.OnFailure;
import dev.latchkey.core.fleet.Wave;
import dev.latchkey.core.fleet.Wave.Members;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.rollout.Ended.Cost;
import dev.latchkey.core.rollout.Ended.Trace;
import dev.latchkey.core.rollout.Simulation.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Duration SOAK = Duration.ofMinutes(10);
  private static final Fate FINE = fate(Cost.NONE, new Trace.Made());
  private static final Fate FAILING = fate(Cost.FAILURE, new Trace.Made());
  private static final Fate SICK =
      new Fate(Duration.ofMinutes(3), new Ended(Cost.NONE, new Trace.Made()), true);
  private static final List<ClusterName> FIVE = RandomRollout.names(5);

  @Test
  void theRestBeginsOnceTheCanaryHasSoaked() {
    Simulation run = Simulation.of(canaryAndRest(OnFailure.STOP), FIVE, _ -> FINE).run(1000);

    assertThat(run.moves(Move.Soak.class))
        .containsExactly(
            new Move.Soak(canary(), 1, Simulation.START.plus(Duration.ofMinutes(3)).plus(SOAK)));
    assertThat(run.moves(Move.Check.class)).hasSize(20);
    assertThat(verdicts(run)).containsExactly(WaveVerdict.PASSED, WaveVerdict.PASSED);
    assertThat(Duration.between(Simulation.START, run.end()))
        .isEqualTo(Duration.ofMinutes(3 + 10 + 3 + 3).plusSeconds(1));
  }

  @Test
  void aFailingCanaryKeepsTheRestFromBeginning() {
    Simulation run =
        Simulation.of(canaryAndRest(OnFailure.STOP), FIVE, only("aks-1", FAILING)).run(100);

    assertThat(run.moves(Move.Start.class)).hasSize(1);
    assertThat(run.moves(Move.Withhold.class))
        .hasSize(4)
        .allMatch(move -> move.halt().equals(new Halt.BudgetSpent("canary", 1, 0)));
    assertThat(verdicts(run)).containsExactly(WaveVerdict.STOPPED);
  }

  @Test
  void aClusterThatStopsServingDuringTheSoakCountsAsAFailure() {
    Simulation run =
        Simulation.of(canaryAndRest(OnFailure.STOP), FIVE, only("aks-1", SICK)).run(100);

    assertThat(run.moves(Move.Check.class)).hasSize(1);
    assertThat(run.moves(Move.EndWave.class))
        .containsExactly(new Move.EndWave(canary(), 1, 0, WaveVerdict.STOPPED));
  }

  @Test
  void aFailingCanaryGoesBackWhenTheFileSaysSo() {
    Simulation run =
        Simulation.of(canaryAndRest(OnFailure.ROLL_BACK), FIVE, only("aks-1", FAILING)).run(100);

    assertThat(run.moves(Move.RollBack.class))
        .containsExactly(new Move.RollBack(new ClusterName("aks-1")));
    assertThat(verdicts(run)).containsExactly(WaveVerdict.ROLLED_BACK);
  }

  @Test
  void theRolloutGoesOnPastASpentBudgetWhenTheFileSaysSo() {
    Simulation run =
        Simulation.of(canaryAndRest(OnFailure.CONTINUE), FIVE, only("aks-1", FAILING)).run(1000);

    assertThat(run.moves(Move.Start.class)).hasSize(5);
    assertThat(verdicts(run)).containsExactly(WaveVerdict.OVER_BUDGET, WaveVerdict.PASSED);
  }

  @Test
  void clustersThatAreSparedAreWithheldInEveryWaveAndTheOthersGoOn() {
    var rest = RandomRollout.names(5).subList(1, 5);
    var why = new Halt.SecretMissing(new SecretName("db"), "kv", new ClusterName("aks-1"));

    Simulation run =
        Simulation.of(canaryAndRest(OnFailure.CONTINUE), FIVE, only("aks-1", FAILING))
            .sparing(
                each ->
                    each.equals(FIVE.getFirst())
                        ? Set.of(FIVE.get(0), FIVE.get(2), FIVE.get(4))
                        : Set.of(),
                why)
            .run(1000);

    assertThat(run.moves(Move.Withhold.class))
        .containsExactly(new Move.Withhold(rest.get(1), why), new Move.Withhold(rest.get(3), why));
    assertThat(run.moves(Move.Start.class))
        .extracting(Move.Start::cluster)
        .containsExactly(FIVE.get(0), FIVE.get(1), FIVE.get(3));
    assertThat(verdicts(run)).containsExactly(WaveVerdict.OVER_BUDGET, WaveVerdict.PASSED);
  }

  @Test
  void aWaveWhoseClustersAreAllSparedIsNotBegun() {
    Simulation run =
        Simulation.of(canaryAndRest(OnFailure.CONTINUE), FIVE, only("aks-1", FAILING))
            .sparing(_ -> Set.copyOf(FIVE), new Halt.Interrupted())
            .run(1000);

    assertThat(run.moves(Move.Withhold.class)).hasSize(4);
    assertThat(verdicts(run)).containsExactly(WaveVerdict.OVER_BUDGET);
  }

  @Test
  void aRunThatGoesOnWhereAnotherWasCutSoaksOnlyWhatIsLeft() {
    Instant released = Simulation.START.minus(Duration.ofMinutes(4));
    Fate kept = new Fate(Duration.ZERO, new Ended(Cost.NONE, new Trace.Kept(released)), false);

    Simulation run = Simulation.of(canaryAndRest(OnFailure.STOP), FIVE, _ -> kept).run(1000);

    assertThat(run.moves(Move.Soak.class))
        .containsExactly(new Move.Soak(canary(), 1, released.plus(SOAK)));
  }

  @Test
  void aRunThatChangesNothingDoesNotSoak() {
    Instant longAgo = Simulation.START.minus(Duration.ofDays(1));
    Fate kept = new Fate(Duration.ZERO, new Ended(Cost.NONE, new Trace.Kept(longAgo)), false);

    Simulation run = Simulation.of(canaryAndRest(OnFailure.STOP), FIVE, _ -> kept).run(1000);

    assertThat(run.moves(Move.Soak.class)).isEmpty();
    assertThat(run.end()).isEqualTo(Simulation.START);
  }

  @Test
  void tenThousandClustersAreBegunInTheirWavesEachOnce() {
    List<ClusterName> clusters = RandomRollout.names(10_000);
    var wish =
        new RolloutWish(
            List.of(
                wave("canary", named("aks-1", "aks-2"), 1, new Budget.Count(0), SOAK),
                wave("rest", new Members.Rest(), 50, new Budget.Share(10), SOAK)),
            OnFailure.STOP);
    Set<String> failing = Set.of("aks-70", "aks-700", "aks-7000");

    Simulation run =
        Simulation.of(wish, clusters, each -> failing.contains(each.value()) ? FAILING : FINE)
            .run(1_000_000);

    assertThat(run.moves(Move.Start.class)).hasSize(10_000).doesNotHaveDuplicates();
    assertThat(run.moves(Move.EndWave.class))
        .extracting(Move.EndWave::failures)
        .containsExactly(0, 3);
    // 2 one by one, 9,998 in groups of 50, three minutes each; and both soaks
    assertThat(Duration.between(Simulation.START, run.end()))
        .isBetween(Duration.ofMinutes(6 + 10 + 600 + 10), Duration.ofMinutes(635));
  }

  private static RolloutWish canaryAndRest(OnFailure onFailure) {
    Wave rest = wave("rest", new Members.Rest(), 2, new Budget.Count(0), Duration.ZERO);
    return new RolloutWish(List.of(canary(), rest), onFailure);
  }

  private static Wave canary() {
    return wave("canary", named("aks-1"), 10, new Budget.Count(0), SOAK);
  }

  private static Wave wave(
      String name, Members members, int parallel, Budget budget, Duration soak) {
    return new Wave(name, members, parallel, budget, soak);
  }

  private static Members named(String... names) {
    return Members.Named.of(List.of(names).stream().map(ClusterName::new).toList());
  }

  private static Fate fate(Cost cost, Trace trace) {
    return new Fate(Duration.ofMinutes(3), new Ended(cost, trace), false);
  }

  private static Function<ClusterName, Fate> only(String name, Fate fate) {
    return cluster -> cluster.value().equals(name) ? fate : FINE;
  }

  private static List<WaveVerdict> verdicts(Simulation run) {
    return run.moves(Move.EndWave.class).stream().map(Move.EndWave::verdict).toList();
  }
}
