// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.event.WaitEnd;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.port.ManagedClusters;
import dev.latchkey.core.port.Time;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.run.Sweep.Scope;
import dev.latchkey.core.step.Pace;
import dev.latchkey.core.step.StepProblem;
import dev.latchkey.core.step.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// One watch of all clusters of a run that are busy.
///
/// Whoever waits for a cluster looks at the same beats as all others, so that one list of a
/// subscription answers everybody, however many are being updated. There is no thread of its own:
/// at each beat the first of the waiters asks. If that one is interrupted, another one does.
final class ClusterWatch {
  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /// How many looks the usual update takes: half a beat is lost at its end.
  private static final int BEATS = 24;

  private final Time time;
  private final Reads<ObservedCluster> reads;
  private final Duration beat;
  private final UpdateTurns turns = new UpdateTurns();
  private final Instant origin;
  private final Set<Scope> forbidden = ConcurrentHashMap.newKeySet();
  private final Set<ResourceId> waiting = ConcurrentHashMap.newKeySet();
  private long newest = -1;
  private Sweep<ObservedCluster> sweep;

  ClusterWatch(Time time, Limits limits, ManagedClusters clusters) {
    this.time = time;
    this.reads = Reads.clusters(clusters);
    this.beat = clamp(limits.wait(Lag.CLUSTER_UPDATING).usual().dividedBy(BEATS));
    this.origin = time.now();
    this.sweep = new Sweep<>(reads, forbidden, Set.of());
  }

  /// The watch of one cluster.
  ///
  /// @param pace of whoever waits: it tells of the wait and knows its bound
  Watch of(ResourceId cluster, Pace pace) {
    return new OfOne(cluster, pace);
  }

  /// The cluster as it is at the next beat.
  private ObservedCluster next(ResourceId id) throws InterruptedException {
    Duration elapsed = Duration.between(origin, time.now());
    long mine = elapsed.dividedBy(beat) + 1;
    time.pause(beat.multipliedBy(mine).minus(elapsed));
    return at(mine)
        .find(id)
        .orElseThrow(() -> new ProblemException(new StepProblem.ClusterMissing(id)));
  }

  private synchronized Sweep<ObservedCluster> at(long wanted) {
    if (wanted > newest) {
      newest = wanted;
      sweep = new Sweep<>(reads, forbidden, Set.copyOf(waiting));
    }
    return sweep;
  }

  private static Duration clamp(Duration wish) {
    Duration atMost = wish.compareTo(LONGEST) < 0 ? wish : LONGEST;
    return atMost.compareTo(SHORTEST) > 0 ? atMost : SHORTEST;
  }

  private final class OfOne implements Watch {
    private final ResourceId cluster;
    private final Pace pace;

    OfOne(ResourceId cluster, Pace pace) {
      this.cluster = cluster;
      this.pace = pace;
    }

    @Override
    public Optional<Turn> turn() {
      return turns.take(cluster);
    }

    @Override
    public <T> T until(Lag lag, Function<ObservedCluster, Optional<T>> look)
        throws InterruptedException {
      Instant since = time.now();
      pace.announce(lag);
      waiting.add(cluster);
      try {
        do {
          Optional<T> found = look.apply(next(cluster));
          if (found.isPresent()) {
            pace.over(lag, WaitEnd.CAME);
            return found.get();
          }
        } while (pace.within(lag, since));
        pace.over(lag, WaitEnd.OUTLASTED);
      } finally {
        waiting.remove(cluster);
        pace.over(lag, WaitEnd.CUT); // unless it ended otherwise
      }
      Duration waited = Duration.between(since, time.now());
      throw new ProblemException(new StepProblem.LagOutlasted(lag, waited, Optional.empty()));
    }
  }
}
