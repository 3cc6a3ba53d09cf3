// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.rollout;

import dev.latchkey.core.fleet.Budget;
import dev.latchkey.core.fleet.RolloutWish.Group;
import dev.latchkey.core.fleet.Wave;
import dev.latchkey.core.fleet.Wave.Members;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.rollout.Ended.Cost;
import dev.latchkey.core.rollout.Ended.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Where one wave stands: who waits for their turn, who is at work, who failed.
final class WaveState {
  /// How often a wave is looked at while it is watched.
  private static final Duration CHECK_EVERY = Duration.ofSeconds(30);

  private final Wave wave;
  private final int size;

  /// Whose turn comes, for whatever the phase does with each.
  private final Deque<ClusterName> waiting;

  private final Set<ClusterName> atWork = new HashSet<>();
  private final Map<ClusterName, Trace> serving = new LinkedHashMap<>();
  private final Set<ClusterName> changed = new LinkedHashSet<>();
  private int failures;
  private Instant soakedAt = Instant.MIN;
  private Instant nextCheck = Instant.MIN;

  private WaveState(Wave wave, List<ClusterName> clusters) {
    this.wave = wave;
    this.size = clusters.size();
    this.waiting = new ArrayDeque<>(clusters);
  }

  static WaveState of(Group group) {
    return new WaveState(group.wave(), group.clusters());
  }

  /// Stands where no wave has begun.
  static WaveState none() {
    return new WaveState(
        new Wave("", new Members.Rest(), 1, new Budget.Count(0), Duration.ZERO), List.of());
  }

  Wave wave() {
    return wave;
  }

  int size() {
    return size;
  }

  int failures() {
    return failures;
  }

  int budget() {
    return wave.budget().of(size);
  }

  boolean isSpent() {
    return failures > budget();
  }

  /// Whether nobody is at work and nobody waits.
  boolean isIdle() {
    return atWork.isEmpty() && waiting.isEmpty();
  }

  List<Move> startNext() {
    return takeTurns(Move.Start::new);
  }

  void ended(ClusterName cluster, Ended how) {
    leave(cluster);
    if (how.trace() instanceof Trace.Made) {
      changed.add(cluster);
    }
    switch (how.cost()) {
      case FAILURE -> failures++;
      case NONE -> {
        if (!(how.trace() instanceof Trace.Untouched)) {
          serving.put(cluster, how.trace());
        }
      }
    }
  }

  /// The soak, if there is time left of it: a release that this run wrote is watched from now on,
  /// one that was there before only for what is left since it was written. So a run that goes on
  /// where another one was cut does not forget the soak, and one that changes nothing does not
  /// wait.
  Optional<Move.Soak> beginSoak(Instant now) {
    Optional<Instant> until =
        serving.values().stream()
            .map(
                trace ->
                    trace instanceof Trace.Kept(var released) && released.isBefore(now)
                        ? released.plus(wave.soak())
                        : now.plus(wave.soak()))
            .max(Comparator.naturalOrder())
            .filter(end -> end.isAfter(now));
    until.ifPresent(
        end -> {
          soakedAt = end;
          nextCheck = earlier(now.plus(CHECK_EVERY), end);
        });
    return until.map(end -> new Move.Soak(wave, serving.size(), end));
  }

  /// The checks that may begin; all clusters are looked at in each round.
  List<Move> checkNext(Instant now) {
    if (isIdle() && !now.isBefore(nextCheck)) {
      waiting.addAll(serving.keySet());
      nextCheck = now.isBefore(soakedAt) ? earlier(now.plus(CHECK_EVERY), soakedAt) : Instant.MAX;
    }
    return takeTurns(Move.Check::new);
  }

  /// Whether the last round, at the end of the soak, is over, or nobody is left to look at.
  boolean isSoaked() {
    return isIdle() && (nextCheck.equals(Instant.MAX) || serving.isEmpty());
  }

  /// When the next round of checks is due; empty while one is going on.
  Optional<Instant> nextCheck() {
    return isIdle() && nextCheck.isBefore(Instant.MAX) ? Optional.of(nextCheck) : Optional.empty();
  }

  void checked(ClusterName cluster, Cost cost) {
    leave(cluster);
    if (cost == Cost.FAILURE && serving.containsKey(cluster)) {
      serving.remove(cluster);
      failures++;
    }
  }

  /// Whether there is anything to take back.
  boolean beginRollBack() {
    waiting.addAll(changed);
    return !changed.isEmpty();
  }

  List<Move> rollBackNext() {
    return takeTurns(Move.RollBack::new);
  }

  void rolledBack(ClusterName cluster) {
    leave(cluster);
  }

  /// Those whose turn will not come.
  List<ClusterName> takeWaiting() {
    List<ClusterName> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }

  /// Those of these clusters whose turn will not come.
  List<ClusterName> takeWaiting(Set<ClusterName> clusters) {
    List<ClusterName> taken = waiting.stream().filter(clusters::contains).toList();
    waiting.removeIf(clusters::contains);
    return taken;
  }

  private List<Move> takeTurns(Function<ClusterName, Move> move) {
    var moves = new ArrayList<Move>();
    while (!waiting.isEmpty() && atWork.size() < wave.maxParallel()) {
      ClusterName cluster = waiting.removeFirst();
      atWork.add(cluster);
      moves.add(move.apply(cluster));
    }
    return moves;
  }

  private void leave(ClusterName cluster) {
    if (!atWork.remove(cluster)) {
      throw new IllegalStateException("nothing was begun on " + cluster);
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
