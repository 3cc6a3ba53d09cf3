// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.fleet.RolloutWish;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.rollout.Ended;
import dev.latchkey.core.rollout.Ended.Cost;
import dev.latchkey.core.rollout.Ended.Trace;
import dev.latchkey.core.rollout.Move;
import dev.latchkey.core.rollout.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/// Carries out a schedule: one thread asks it and does what it says, one virtual thread per cluster
/// that is at work reports back.
final class RolloutRun {
  private final Equipment with;
  private final Schedule schedule;
  private final SequencedMap<ClusterName, ClusterWalk> walks = new LinkedHashMap<>();
  private final Job job;
  private final TokenBoard board;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Runnable> reports = new LinkedBlockingQueue<>();

  /// Whether the file says in which order clusters are done; else there are no waves to tell of.
  private final boolean inWaves;

  private Optional<Instant> alarm = Optional.empty();
  private boolean givenUp;

  RolloutRun(Equipment with, RolloutWish wish, List<ClusterWalk> walks, TokenBoard board, Job job) {
    this.with = with;
    this.inWaves = !wish.equals(RolloutWish.sideBySide());
    walks.forEach(walk -> this.walks.put(walk.target().name(), walk));
    this.schedule = new Schedule(wish, List.copyOf(this.walks.keySet()));
    this.board = board;
    this.job = job;
  }

  /// Runs to the end, or until the run is given up.
  ///
  /// @return all clusters, in the fleet's order
  List<ClusterResult> run() throws InterruptedException {
    with.interruption().whenRequested(() -> reports.add(this::interrupt));
    with.interruption().whenGivenUp(() -> reports.add(() -> givenUp = true));
    try {
      proceed();
      while (!schedule.isOver() && !givenUp) {
        reports.take().run();
        proceed();
      }
      return walks.values().stream().map(ClusterWalk::result).toList();
    } finally {
      threads.shutdownNow(); // an alarm may be left; what was given up may go on until the end
    }
  }

  private void interrupt() {
    with.bulletin().post(new Event.Interrupted(with.now()));
    board.close();
    schedule.interrupt();
  }

  private void proceed() {
    List<Move> moves = schedule.next(with.now());
    for (Move move : moves) { // all that begin now, before one of them looks for neighbours
      if (move instanceof Move.Start(var cluster)) {
        board.begun(cluster);
      }
    }
    moves.forEach(this::make);
    setAlarm();
  }

  private void make(Move move) {
    switch (move) {
      case Move.BeginWave begun ->
          tell(
              new Event.WaveStarted(
                  with.now(),
                  begun.wave().name(),
                  begun.number(),
                  begun.waves(),
                  begun.clusters()));
      case Move.Start(var cluster) -> start(walk(cluster));
      case Move.Soak soak ->
          tell(new Event.Soaking(with.now(), soak.wave().name(), soak.clusters(), soak.until()));
      case Move.Check(var cluster) -> check(walk(cluster));
      case Move.RollBack(var cluster) -> rollBack(walk(cluster));
      case Move.Withhold withheld -> walk(withheld.cluster()).withhold(withheld.halt().words());
      case Move.EndWave end ->
          tell(
              new Event.WaveEnded(
                  with.now(), end.wave().name(), end.failures(), end.budget(), end.verdict()));
    }
  }

  private void start(ClusterWalk walk) {
    ClusterName cluster = walk.target().name();
    side(
        () -> {
          job.work().accept(walk);
          board.over(cluster);
          Ended how = ended(walk);
          Optional<CommonCause> lesson = job.lesson().apply(walk);
          return () -> {
            lesson.ifPresent(this::spare);
            schedule.ended(cluster, how);
          };
        });
  }

  private void spare(CommonCause cause) {
    Set<ClusterName> alike =
        walks.values().stream()
            .map(ClusterWalk::target)
            .filter(cause::concerns)
            .map(Target::name)
            .collect(Collectors.toSet());
    schedule.spare(alike, cause.halt());
  }

  private void check(ClusterWalk walk) {
    side(
        () -> {
          Cost cost = walk.check() ? Cost.NONE : Cost.FAILURE;
          return () -> schedule.checked(walk.target().name(), cost);
        });
  }

  private void rollBack(ClusterWalk walk) {
    side(
        () -> {
          walk.rollBack();
          return () -> schedule.rolledBack(walk.target().name());
        });
  }

  private static Ended ended(ClusterWalk walk) {
    Cost cost = walk.result().succeeded() ? Cost.NONE : Cost.FAILURE;
    Trace trace =
        walk.wroteRelease()
            ? new Trace.Made()
            : walk.release()
                .<Trace>map(release -> new Trace.Kept(release.updated()))
                .orElseGet(Trace.Untouched::new);
    return new Ended(cost, trace);
  }

  /// Something done beside the others, which ends in a report.
  private interface Work {
    Runnable report() throws InterruptedException;
  }

  private void side(Work work) {
    threads.execute(
        () -> {
          try {
            reports.add(work.report());
          } catch (RuntimeException e) {
            reports.add(
                () -> {
                  throw new IllegalStateException("steps return outcomes, they do not throw", e);
                });
          } catch (InterruptedException e) {
            // an alarm that nobody needs any more
          }
        });
  }

  private void setAlarm() {
    Optional<Instant> wake = schedule.wake();
    if (wake.isPresent() && !wake.equals(alarm)) {
      alarm = wake;
      Duration left = Duration.between(with.now(), wake.get());
      side(
          () -> {
            if (left.isPositive()) {
              with.ports().time().pause(left);
            }
            return () -> {};
          });
    }
  }

  private void tell(Event event) {
    if (inWaves) {
      with.bulletin().post(event);
    }
  }

  private ClusterWalk walk(ClusterName cluster) {
    return Optional.ofNullable(walks.get(cluster))
        .orElseThrow(() -> new IllegalStateException("not in this run: " + cluster));
  }
}
