// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.rollout;

import dev.latchkey.core.event.WaveVerdict;
import dev.latchkey.core.fleet.RolloutWish;
import dev.latchkey.core.fleet.RolloutWish.Group;
import dev.latchkey.core.fleet.RolloutWish.OnFailure;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.rollout.Ended.Cost;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Says what a rollout does next: waves in order, in each no more clusters at once than it allows,
/// and an end when more fail than its budget.
///
/// Pure but for its memory: no clock, no waiting, no threads; who asks brings the time, does every
/// [Move] and tells what came of it. Each cluster is either begun once or withheld once. Used by
/// one thread.
public final class Schedule {
  private enum Phase {
    BETWEEN_WAVES,
    AT_WORK,
    SOAKING,
    ROLLING_BACK,
    OVER
  }

  private final OnFailure onFailure;
  private final Deque<Group> later;
  private final int waves;
  private final List<Move> moves = new ArrayList<>();
  private Optional<Halt> halt = Optional.empty();
  private Phase phase = Phase.BETWEEN_WAVES;
  private WaveState wave = WaveState.none();
  private int begun;

  /// The rollout of these clusters, as the fleet wants it.
  public Schedule(RolloutWish wish, List<ClusterName> clusters) {
    this.onFailure = wish.onFailure();
    this.later = new ArrayDeque<>(wish.groups(clusters));
    this.waves = later.size();
  }

  /// All that is to be done now. Asked at the beginning, after each report, and at [#wake].
  public List<Move> next(Instant now) {
    while (turned(now)) {
      // each turn changes the phase, so this ends at the phase that waits for somebody
    }
    List<Move> all = List.copyOf(moves);
    moves.clear();
    return all;
  }

  /// When to ask again without a report.
  public Optional<Instant> wake() {
    return phase == Phase.SOAKING ? wave.nextCheck() : Optional.empty();
  }

  /// Whether nothing is left to do.
  public boolean isOver() {
    return phase == Phase.OVER;
  }

  /// The work on a cluster ended.
  public void ended(ClusterName cluster, Ended how) {
    wave.ended(cluster, how);
    haltWhenSpent();
  }

  /// These clusters are not begun any more, whatever the budget: they would fail as another did.
  /// What is at work ends, and the other clusters go on.
  public void spare(Set<ClusterName> clusters, Halt why) {
    if (phase == Phase.AT_WORK) { // else they wait for a check or a roll-back
      withhold(wave.takeWaiting(clusters), why);
    }
    for (Group group : takeLater()) {
      withhold(group.clusters().stream().filter(clusters::contains).toList(), why);
      List<ClusterName> left =
          group.clusters().stream().filter(each -> !clusters.contains(each)).toList();
      if (!left.isEmpty()) {
        later.add(new Group(group.wave(), left));
      }
    }
  }

  private List<Group> takeLater() {
    List<Group> groups = List.copyOf(later);
    later.clear();
    return groups;
  }

  /// A cluster's health was looked at.
  ///
  /// @param cost a failure when its pods do not serve
  public void checked(ClusterName cluster, Cost cost) {
    wave.checked(cluster, cost);
    haltWhenSpent();
  }

  /// A cluster's release went back, or could not.
  public void rolledBack(ClusterName cluster) {
    wave.rolledBack(cluster);
  }

  /// Nothing new is begun from now on; what is at work ends.
  public void interrupt() {
    halt(new Halt.Interrupted());
  }

  private boolean turned(Instant now) {
    Phase before = phase;
    phase =
        switch (phase) {
          case BETWEEN_WAVES -> begin();
          case AT_WORK -> work(now);
          case SOAKING -> soak(now);
          case ROLLING_BACK -> rollBack();
          case OVER -> Phase.OVER;
        };
    return phase != before;
  }

  private Phase begin() {
    if (later.isEmpty()) {
      return Phase.OVER;
    }
    wave = WaveState.of(later.removeFirst());
    begun++;
    moves.add(new Move.BeginWave(wave.wave(), begun, waves, wave.size()));
    return Phase.AT_WORK;
  }

  private Phase work(Instant now) {
    moves.addAll(wave.startNext());
    if (!wave.isIdle()) {
      return Phase.AT_WORK;
    }
    if (halt.isPresent()) {
      return fall();
    }
    return wave.beginSoak(now).map(this::soaking).orElseGet(this::pass);
  }

  private Phase soaking(Move.Soak soak) {
    moves.add(soak);
    return Phase.SOAKING;
  }

  private Phase soak(Instant now) {
    if (halt.isPresent()) {
      return wave.isIdle() ? fall() : Phase.SOAKING;
    }
    moves.addAll(wave.checkNext(now));
    return wave.isSoaked() ? pass() : Phase.SOAKING;
  }

  /// The wave is done and others may follow.
  private Phase pass() {
    return end(wave.isSpent() ? WaveVerdict.OVER_BUDGET : WaveVerdict.PASSED, Phase.BETWEEN_WAVES);
  }

  /// Nothing follows this wave.
  private Phase fall() {
    if (isInterrupted()) {
      return end(WaveVerdict.INTERRUPTED, Phase.OVER);
    }
    if (onFailure == OnFailure.ROLL_BACK && wave.beginRollBack()) {
      return Phase.ROLLING_BACK;
    }
    return end(WaveVerdict.STOPPED, Phase.OVER);
  }

  private Phase rollBack() {
    if (!isInterrupted()) {
      moves.addAll(wave.rollBackNext());
    }
    if (!wave.isIdle()) {
      return Phase.ROLLING_BACK;
    }
    return end(isInterrupted() ? WaveVerdict.INTERRUPTED : WaveVerdict.ROLLED_BACK, Phase.OVER);
  }

  private Phase end(WaveVerdict verdict, Phase next) {
    moves.add(new Move.EndWave(wave.wave(), wave.failures(), wave.budget(), verdict));
    return next;
  }

  private boolean isInterrupted() {
    return halt.filter(Halt.Interrupted.class::isInstance).isPresent();
  }

  private void haltWhenSpent() {
    if (halt.isEmpty() && wave.isSpent() && onFailure != OnFailure.CONTINUE) {
      halt(new Halt.BudgetSpent(wave.wave().name(), wave.failures(), wave.budget()));
    }
  }

  private void halt(Halt why) {
    halt = Optional.of(why);
    List<ClusterName> waiting = wave.takeWaiting();
    if (phase == Phase.AT_WORK) { // else they wait for a check or a roll-back
      withhold(waiting, why);
    }
    while (!later.isEmpty()) {
      withhold(later.removeFirst().clusters(), why);
    }
  }

  private void withhold(List<ClusterName> clusters, Halt why) {
    clusters.forEach(cluster -> moves.add(new Move.Withhold(cluster, why)));
  }
}
