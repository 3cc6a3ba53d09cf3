// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.WaveVerdict;
import dev.latchkey.core.fleet.RolloutWish.Group;
import dev.latchkey.core.fleet.RolloutWish.OnFailure;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.rollout.Ended.Cost;
import dev.latchkey.core.rollout.Ended.Trace;
import dev.latchkey.core.rollout.Simulation.Made;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds of every rollout, whatever happens in it. A failure names its seed.
class SchedulePropertiesTest {
  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyClusterIsBegunOnceOrWithheldOnce(long seed) {
    var rollout = RandomRollout.of(seed);
    Simulation run = rollout.run();

    var met = new ArrayList<ClusterName>();
    run.moves(Move.Start.class).forEach(start -> met.add(start.cluster()));
    run.moves(Move.Withhold.class).forEach(withheld -> met.add(withheld.cluster()));

    assertThat(met).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(rollout.clusters());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noWaveBeginsBeforeTheOneBeforeItPassed(long seed) {
    var rollout = RandomRollout.of(seed);
    List<Group> groups = rollout.wish().groups(rollout.clusters());
    Map<ClusterName, String> waveOf = new HashMap<>();
    groups.forEach(
        group -> group.clusters().forEach(each -> waveOf.put(each, group.wave().name())));
    var begun = new ArrayList<String>();
    var current = "";

    for (Made made : rollout.run().made) {
      switch (made.move()) {
        case Move.BeginWave wave -> {
          assertThat(current).as("seed %d: the open wave", seed).isEmpty();
          current = wave.wave().name();
          begun.add(current);
        }
        case Move.Start(var cluster) ->
            assertThat(waveOf).as("seed %d", seed).containsEntry(cluster, current);
        case Move.EndWave end -> {
          assertThat(end.wave().name()).as("seed %d", seed).isEqualTo(current);
          current = "";
        }
        case Move.Soak _, Move.Check _, Move.RollBack _, Move.Withhold _ -> {}
      }
    }

    Set<ClusterName> withheld =
        rollout.run().moves(Move.Withhold.class).stream()
            .map(Move.Withhold::cluster)
            .collect(Collectors.toSet());
    List<String> order =
        groups.stream()
            .filter(group -> !withheld.containsAll(group.clusters())) // else it has nobody left
            .map(group -> group.wave().name())
            .toList();
    assertThat(begun.stream().filter(order::contains).toList())
        .as("seed %d", seed)
        .isEqualTo(order);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noMoreClustersAreAtWorkThanTheWaveAllows(long seed) {
    var rollout = RandomRollout.of(seed);
    var run = new Watched(rollout);

    run.run();

    assertThat(run.mostOverLimit).as("seed %d", seed).isLessThanOrEqualTo(0);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothingBeginsOnceTheBudgetIsSpentUnlessTheFileSaysGoOn(long seed) {
    var rollout = RandomRollout.of(seed);
    var run = new Watched(rollout);

    run.run();

    if (rollout.wish().onFailure() == OnFailure.CONTINUE) {
      assertThat(run.verdicts).as("seed %d", seed).doesNotContain(WaveVerdict.STOPPED);
    } else {
      assertThat(run.begunWhenSpent).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatGoesBackIsWhatTheSpentWaveChanged(long seed) {
    var rollout = RandomRollout.of(seed);
    var run = new Watched(rollout);

    run.run();

    if (run.verdicts.contains(WaveVerdict.ROLLED_BACK)) {
      assertThat(run.rolledBack)
          .as("seed %d", seed)
          .isNotEmpty()
          .isEqualTo(run.changedInTheLastWave);
    } else if (rollout.interrupt().isEmpty()) {
      assertThat(run.rolledBack).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothingBeginsAfterAnInterrupt(long seed) {
    var rollout = RandomRollout.of(seed);
    rollout
        .interrupt()
        .ifPresent(
            when ->
                assertThat(rollout.run().made)
                    .as("seed %d", seed)
                    .filteredOn(made -> made.at().isAfter(when))
                    .extracting(Made::move)
                    .noneMatch(
                        move ->
                            move instanceof Move.Start
                                || move instanceof Move.Check
                                || move instanceof Move.RollBack));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noClusterBeginsThatAnotherSpared(long seed) {
    var rollout = RandomRollout.of(seed);
    List<Made> all = rollout.run().made;

    rollout
        .alike()
        .forEach(
            (first, alike) ->
                all.stream()
                    .filter(made -> made.move().equals(new Move.Start(first)))
                    .map(made -> made.at().plus(fate(rollout, first).work()))
                    .forEach(
                        shown ->
                            assertThat(all)
                                .as("seed %d", seed)
                                .filteredOn(made -> made.at().isAfter(shown))
                                .extracting(Made::move)
                                .noneMatch(
                                    move ->
                                        move instanceof Move.Start(var cluster)
                                            && alike.contains(cluster))));
  }

  private static Simulation.Fate fate(RandomRollout rollout, ClusterName cluster) {
    return Objects.requireNonNull(rollout.fates().get(cluster));
  }

  /// A run read from its moves, and compared with what the seed says of each cluster: budgets and
  /// limits are counted here a second time.
  private static final class Watched {
    private final RandomRollout rollout;
    final Set<ClusterName> begunWhenSpent = new HashSet<>();
    final Set<ClusterName> rolledBack = new HashSet<>();
    final Set<ClusterName> changedInTheLastWave = new HashSet<>();
    final List<WaveVerdict> verdicts = new ArrayList<>();
    int mostOverLimit = Integer.MIN_VALUE;

    Watched(RandomRollout rollout) {
      this.rollout = rollout;
    }

    void run() {
      List<Made> all = rollout.run().made;
      Move.BeginWave wave = null;
      for (int i = 0; i < all.size(); i++) {
        switch (all.get(i).move()) {
          case Move.BeginWave begun -> {
            wave = begun;
            changedInTheLastWave.clear();
          }
          case Move.Start(var cluster) -> start(all, i, cluster, Objects.requireNonNull(wave));
          case Move.RollBack(var cluster) -> rolledBack.add(cluster);
          case Move.EndWave end -> verdicts.add(end.verdict());
          case Move.Soak _, Move.Check _, Move.Withhold _ -> {}
        }
      }
    }

    private void start(List<Made> all, int index, ClusterName cluster, Move.BeginWave wave) {
      Made start = all.get(index);
      int atWork = 0;
      int failed = 0;
      for (int i = index; i >= 0; i--) {
        Made earlier = all.get(i);
        if (earlier.move().equals(wave)) {
          break;
        }
        if (earlier.move() instanceof Move.Start(var other)) {
          var fate = Objects.requireNonNull(rollout.fates().get(other));
          boolean over = earlier.at().plus(fate.work()).isBefore(start.at());
          atWork += over ? 0 : endsAt(earlier, fate).isAfter(start.at()) ? 1 : 0;
          failed += over && fate.end().cost() == Cost.FAILURE ? 1 : 0;
        }
      }
      mostOverLimit = Math.max(mostOverLimit, atWork - wave.wave().maxParallel());
      if (failed > wave.wave().budget().of(wave.clusters())) {
        begunWhenSpent.add(cluster);
      }
      if (Objects.requireNonNull(rollout.fates().get(cluster)).end().trace()
          instanceof Trace.Made) {
        changedInTheLastWave.add(cluster);
      }
    }

    private static Instant endsAt(Made start, Simulation.Fate fate) {
      return start.at().plus(fate.work());
    }
  }
}
