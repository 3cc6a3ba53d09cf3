// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.event.WaitEnd;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.port.Time;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.step.Pace;
import dev.latchkey.core.step.Samples;
import dev.latchkey.core.step.StepProblem;
import dev.latchkey.core.step.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ClusterWatchTest {
  private static final Duration BEAT = Lag.CLUSTER_UPDATING.usual().dividedBy(24);

  private final World world = new World("aks-weu-1");
  private final Instant start = world.time.now();

  @Test
  void looksAtTheBeatsUntilTheClusterIsIdle() throws InterruptedException {
    Watch watch = watch();

    int looks =
        watch.until(
            Lag.CLUSTER_BUSY, _ -> Optional.of(world.reads.size()).filter(reads -> reads == 3));

    assertThat(looks).isEqualTo(3);
    assertThat(world.time.now()).isEqualTo(start.plus(BEAT.multipliedBy(3)));
  }

  @Test
  void endsAtTheBoundOfTheLag() {
    Watch watch = watch();

    assertThatThrownBy(() -> watch.until(Lag.CLUSTER_BUSY, _ -> Optional.empty()))
        .isInstanceOf(ProblemException.class)
        .extracting(failure -> ((ProblemException) failure).problem())
        .isInstanceOf(StepProblem.LagOutlasted.class);
    assertThat(Duration.between(start, world.time.now()))
        .isBetween(Lag.CLUSTER_BUSY.bound(), Lag.CLUSTER_BUSY.bound().plus(BEAT));
  }

  @Test
  void saysThatAClusterWasDeletedMeanwhile() {
    Watch watch = watch();
    world.clusters.clear();

    assertThatThrownBy(() -> watch.until(Lag.CLUSTER_UPDATING, Optional::of))
        .extracting(failure -> ((ProblemException) failure).problem())
        .isEqualTo(new StepProblem.ClusterMissing(Samples.CLUSTER));
  }

  @Test
  void oneListAtEachBeatAnswersAllWhoWait() throws Exception {
    var fleet = new World("aks-weu-1", "aks-weu-2", "aks-weu-3");
    var time = new SteppedTime(3);
    var watch = new ClusterWatch(time, Limits.azure(), fleet);
    Pace pace = new RealPace(time, Limits.azure(), new Silent());

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> waits =
          fleet.clusters.values().stream()
              .map(cluster -> watch.of(cluster.id(), pace))
              .map(each -> threads.submit(() -> each.until(Lag.CLUSTER_UPDATING, thirdLook())))
              .toList();
      for (Future<Integer> wait : waits) {
        assertThat(wait.get()).isEqualTo(3);
      }
    }

    assertThat(fleet.reads).containsExactly("list of s-1", "list of s-1", "list of s-1");
  }

  private static Function<ObservedCluster, Optional<Integer>> thirdLook() {
    var looks = new AtomicInteger();
    return _ -> Optional.of(looks.incrementAndGet()).filter(look -> look == 3);
  }

  /// Time that goes on when all threads pause.
  private static final class SteppedTime implements Time {
    private final CyclicBarrier all;
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private volatile Duration step = Duration.ZERO;

    SteppedTime(int threads) {
      this.all = new CyclicBarrier(threads, () -> now = now.plus(step));
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
      step = duration;
      try {
        all.await();
      } catch (BrokenBarrierException e) {
        throw new IllegalStateException("every thread pauses as often as the others", e);
      }
    }
  }

  private Watch watch() {
    Pace pace = new RealPace(world.time, Limits.azure(), new Silent());
    return new ClusterWatch(world.time, Limits.azure(), world).of(Samples.CLUSTER, pace);
  }

  private static final class Silent implements Waits {
    @Override
    public void begin(Lag lag) {
      // nobody listens
    }

    @Override
    public void end(Lag lag, Duration took, WaitEnd end) {
      // nobody listens
    }
  }
}
