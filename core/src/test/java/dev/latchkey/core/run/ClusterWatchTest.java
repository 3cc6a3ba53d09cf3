// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.event.WaitEnd;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.VaultAccess.Means;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.step.Pace;
import dev.latchkey.core.step.Samples;
import dev.latchkey.core.step.StepProblem;
import dev.latchkey.core.step.Steps;
import dev.latchkey.core.step.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
  void followsFortyUpdatesByListsOfTheirSubscription() throws InterruptedException {
    String[] names = IntStream.range(0, 40).mapToObj(i -> "aks-weu-" + i).toArray(String[]::new);
    var fleet = new World(names);
    var runner =
        new Runner(
            fleet.ports(),
            Limits.azure(),
            new Steps("https://login.microsoftonline.com/", "latchkey-probe-1"),
            List.of());

    assertThat(
            runner
                .deploy(
                    new Fleet(
                        "orders",
                        List.of(names).stream()
                            .map(name -> Samples.target(name, Management.ALL, Means.ROLES))
                            .toList()))
                .complete())
        .isTrue();

    assertThat(fleet.reads).filteredOn(read -> read.equals("identities of s-1")).hasSize(1);
    assertThat(fleet.reads).doesNotContain("get id-orders-aks-weu-1");
    assertThat(fleet.reads).filteredOn(read -> read.startsWith("get aks-")).hasSizeLessThan(40);
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
