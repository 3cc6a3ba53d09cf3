// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.rollout;

import dev.latchkey.core.fleet.RolloutWish;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.rollout.Ended.Cost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;

/// Carries out a schedule in a world where everything has a date and nothing takes real time.
final class Simulation {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /// What the world does to a cluster.
  ///
  /// @param sick whether it stops serving, so that its checks fail
  record Fate(Duration work, Ended end, boolean sick) {}

  /// A move and its moment.
  record Made(Instant at, Move move) {}

  private record Due(Instant at, int order, Runnable report) {}

  final List<Made> made = new ArrayList<>();
  private final Schedule schedule;
  private final Function<ClusterName, Fate> fates;
  private final Optional<Instant> interrupt;
  private final PriorityQueue<Due> agenda =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingInt(Due::order));
  private Function<ClusterName, Set<ClusterName>> alike = _ -> Set.of();
  private Halt spared = new Halt.Interrupted();
  private Instant now = START;
  private int orders;

  Simulation(
      RolloutWish wish,
      List<ClusterName> clusters,
      Function<ClusterName, Fate> fates,
      Optional<Instant> interrupt) {
    this.schedule = new Schedule(wish, clusters);
    this.fates = fates;
    this.interrupt = interrupt;
  }

  static Simulation of(
      RolloutWish wish, List<ClusterName> clusters, Function<ClusterName, Fate> fates) {
    return new Simulation(wish, clusters, fates, Optional.empty());
  }

  /// The same where the end of some clusters' work spares others.
  ///
  /// @param alike those that would fail as this one did
  Simulation sparing(Function<ClusterName, Set<ClusterName>> alike, Halt why) {
    this.alike = alike;
    this.spared = why;
    return this;
  }

  /// Runs to the end.
  ///
  /// @param bound so many reports must be enough
  Simulation run(int bound) {
    interrupt.ifPresent(when -> at(Duration.between(START, when), schedule::interrupt));
    proceed();
    for (int i = 0; !schedule.isOver(); i++) {
      if (i > bound) {
        throw new AssertionError("not over after " + bound + " reports");
      }
      turn();
    }
    return this;
  }

  Instant end() {
    return now;
  }

  <T extends Move> List<T> moves(Class<T> kind) {
    return made.stream().map(Made::move).filter(kind::isInstance).map(kind::cast).toList();
  }

  private void turn() {
    Optional<Instant> wake = schedule.wake();
    Due first = agenda.peek();
    if (wake.isPresent() && (first == null || wake.get().isBefore(first.at()))) {
      now = wake.get();
    } else if (first == null) {
      throw new AssertionError("nobody is at work, nothing is due, and it is not over");
    } else {
      agenda.remove();
      now = first.at();
      first.report().run();
    }
    proceed();
  }

  private void proceed() {
    for (Move move : schedule.next(now)) {
      made.add(new Made(now, move));
      switch (move) {
        case Move.Start(var cluster) ->
            at(fates.apply(cluster).work(), () -> end(cluster, fates.apply(cluster).end()));
        case Move.Check(var cluster) -> at(Duration.ofSeconds(1), () -> check(cluster));
        case Move.RollBack(var cluster) ->
            at(Duration.ofSeconds(40), () -> schedule.rolledBack(cluster));
        case Move.BeginWave _, Move.Soak _, Move.Withhold _, Move.EndWave _ -> {}
      }
    }
  }

  private void end(ClusterName cluster, Ended how) {
    schedule.spare(alike.apply(cluster), spared);
    schedule.ended(cluster, how);
  }

  private void check(ClusterName cluster) {
    schedule.checked(cluster, fates.apply(cluster).sick() ? Cost.FAILURE : Cost.NONE);
  }

  private void at(Duration later, Runnable report) {
    agenda.add(new Due(now.plus(later), orders++, report));
  }
}
