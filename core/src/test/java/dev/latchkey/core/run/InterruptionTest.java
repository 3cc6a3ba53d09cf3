// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.Ending;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Listener;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.VaultAccess.Means;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.port.CallerRights;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.port.Time;
import dev.latchkey.core.port.Vaults;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.step.Samples;
import dev.latchkey.core.step.StepProblem;
import dev.latchkey.core.step.Steps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A run that somebody ends early.
@Timeout(60)
class InterruptionTest {
  private final World world = new World("aks-weu-1");
  private final Fleet fleet =
      new Fleet("orders", List.of(Samples.target("aks-weu-1", Management.ALL, Means.ROLES)));

  @Test
  void beforeAnythingBeganItChangesNothing() throws InterruptedException {
    var interruption = new Interruption(world.time);
    interruption.request();

    Summary summary = runner(world.ports(), interruption, _ -> {}).deploy(fleet);

    assertThat(summary.count(Ending.NOT_STARTED)).isEqualTo(1);
    assertThat(world.writes).isEmpty();
  }

  @Test
  void aPlanTellsHowFarItCame() {
    var interruption = new Interruption(world.time);
    interruption.request();
    var planning = runner(world.ports(), interruption, _ -> {});

    assertThatThrownBy(() -> planning.plan(fleet))
        .isInstanceOfSatisfying(
            LookInterrupted.class,
            cut -> assertThat(cut.words()).isEqualTo("0 of 1 cluster was read"));
    assertThat(world.writes).isEmpty();
  }

  @Test
  void aPlanIsNoneOnceSomebodyEndedItHoweverFarItCame() {
    var interruption = new Interruption(world.time);
    Ports asking =
        withRights(
            vault -> {
              interruption.request();
              return world.ports().rights().at(vault);
            });
    var planning = runner(asking, interruption, _ -> {});

    assertThatThrownBy(() -> planning.plan(fleet))
        .isInstanceOfSatisfying(
            LookInterrupted.class,
            cut -> assertThat(cut.words()).isEqualTo("1 of 1 cluster was read"));
  }

  @Test
  void aLookThatIsInterruptedIsNoMistakeOfOurs() {
    world.interrupting = true;
    var planning = runner(world.ports(), new Interruption(world.time), _ -> {});

    assertThatThrownBy(() -> planning.plan(fleet)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aWaitEndsAtOnce() throws InterruptedException {
    var waits = new EndlessTime(world.time);
    var interruption = new Interruption(waits);
    waits.pausing.set(interruption::request);

    Summary summary = runner(withTime(interruption.time()), interruption, _ -> {}).deploy(fleet);

    assertThat(summary.clusters())
        .allSatisfy(cluster -> assertThat(codes(cluster)).contains("interrupted"))
        .extracting(ClusterResult::ending)
        .containsOnly(Ending.FAILED);
  }

  @Test
  void whatIsInFlightIsFinishedAndNothingNewBegins() throws InterruptedException {
    var interruption = new Interruption(world.time);
    Listener atTheFirstCredential =
        event -> {
          if (event instanceof Event.StepStarted started
              && started.step() == Step.FEDERATED_CREDENTIAL) {
            interruption.request();
          }
        };

    Summary summary =
        runner(withTime(interruption.time()), interruption, atTheFirstCredential).deploy(fleet);

    assertThat(world.writes).anyMatch(write -> write.startsWith("credential"));
    assertThat(world.writes).noneMatch(write -> write.startsWith("release"));
    assertThat(summary.clusters()).noneMatch(ClusterResult::succeeded);
    assertThat(summary.clusters())
        .flatExtracting(InterruptionTest::codes)
        .containsOnly("interrupted");
  }

  @Test
  void theNextRunGoesOnFromThere() throws InterruptedException {
    var interruption = new Interruption(world.time);
    Listener atTheCredential =
        event -> {
          if (event instanceof Event.Changed changed
              && changed.step() == Step.FEDERATED_CREDENTIAL) {
            interruption.request();
          }
        };
    runner(withTime(interruption.time()), interruption, atTheCredential).deploy(fleet);

    Summary next = runner(world.ports(), new Interruption(world.time), _ -> {}).deploy(fleet);

    assertThat(next.complete()).isTrue();
    assertThat(world.writes).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void givenUpItEndsWithoutWhatDoesNotAnswer() throws InterruptedException {
    var interruption = new Interruption(world.time);
    var asked = new CountDownLatch(1);
    Ports ports = withVaults(new SilentVault(world.ports().vaults(), interruption, asked));

    var events = new CopyOnWriteArrayList<Event>();

    Summary summary = runner(ports, interruption, events::add).deploy(policyFleet());

    assertThat(events.getLast()).isInstanceOf(Event.RunEnded.class);
    assertThat(asked.getCount()).isZero();
    assertThat(summary.clusters())
        .map(cluster -> cluster.problems().get(Step.KEY_VAULT_ACCESS))
        .containsExactly(new StepProblem.InterruptedAtWork());
    assertThat(summary.complete()).isFalse();
  }

  private static List<String> codes(ClusterResult cluster) {
    return cluster.problems().values().stream().map(Problem::code).toList();
  }

  private static Fleet policyFleet() {
    List<Target> targets = List.of(Samples.target("aks-weu-1", Management.ALL, Means.POLICY));
    return new Fleet("orders", targets);
  }

  private Ports withTime(Time time) {
    Ports all = world.ports();
    return new Ports(
        time,
        all.clusters(),
        all.identities(),
        all.roles(),
        all.vaults(),
        all.locks(),
        all.rights(),
        all.providers(),
        all.issuers(),
        all.exchange(),
        all.secrets(),
        all.workloads(),
        all.releases());
  }

  private Ports withRights(CallerRights rights) {
    Ports all = world.ports();
    return new Ports(
        all.time(),
        all.clusters(),
        all.identities(),
        all.roles(),
        all.vaults(),
        all.locks(),
        rights,
        all.providers(),
        all.issuers(),
        all.exchange(),
        all.secrets(),
        all.workloads(),
        all.releases());
  }

  private Ports withVaults(Vaults vaults) {
    Ports all = world.ports();
    return new Ports(
        all.time(),
        all.clusters(),
        all.identities(),
        all.roles(),
        vaults,
        all.locks(),
        all.rights(),
        all.providers(),
        all.issuers(),
        all.exchange(),
        all.secrets(),
        all.workloads(),
        all.releases());
  }

  private static Runner runner(Ports ports, Interruption interruption, Listener listener) {
    return new Runner(
        ports,
        Limits.azure(),
        new Steps("https://login.microsoftonline.com/", "latchkey-probe-1"),
        List.of(listener),
        interruption);
  }

  /// Pauses never end by themselves; each tells that it began.
  private static final class EndlessTime implements Time {
    private final Time now;
    private final AtomicReference<Runnable> pausing = new AtomicReference<>(() -> {});

    EndlessTime(Time now) {
      this.now = now;
    }

    @Override
    public Instant now() {
      return now.now();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
      pausing.get().run();
      new CountDownLatch(1).await();
    }
  }

  /// A vault in policy mode that never answers a write, whereupon the run is given up.
  private record SilentVault(Vaults vaults, Interruption interruption, CountDownLatch asked)
      implements Vaults {
    @Override
    public List<SecretName> missing(ResourceId vault, List<SecretName> secrets) {
      return vaults.missing(vault, secrets);
    }

    @Override
    public Optional<Vault> find(ResourceId id) {
      return Optional.of(Samples.vault(Vault.Model.POLICIES));
    }

    @Override
    public void allowGetOfSecrets(ResourceId vault, ManagedIdentity identity) {
      asked.countDown();
      interruption.giveUp();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
