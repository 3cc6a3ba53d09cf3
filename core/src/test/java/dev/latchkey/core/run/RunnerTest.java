// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.Ending;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Listener;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.VaultAccess.Means;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ObservedCluster.Power;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.resource.ReleaseCopy;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Tags;
import dev.latchkey.core.step.Samples;
import dev.latchkey.core.step.Steps;
import dev.latchkey.core.trust.Hop;
import dev.latchkey.core.trust.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RunnerTest {
  static final Steps STEPS = new Steps("https://login.microsoftonline.com/", "latchkey-probe-1");

  private final World world = new World("aks-weu-1", "aks-neu-1");
  private final Fleet fleet = fleet("aks-weu-1", "aks-neu-1");

  @Test
  void takesEachClusterThroughAllSixSteps() throws InterruptedException {
    Summary summary = runner().deploy(fleet);

    assertThat(summary.clusters()).extracting(ClusterResult::problems).allMatch(Map::isEmpty);
    assertThat(summary.count(Ending.CHANGED)).isEqualTo(2);
    assertThat(summary.changes()).isEqualTo(12);
    assertThat(world.writes).hasSize(12);
  }

  @Test
  void changesNothingTheSecondTime() throws InterruptedException {
    runner().deploy(fleet);
    world.writes.clear();

    Summary second = runner().deploy(fleet);

    assertThat(world.writes).isEmpty();
    assertThat(second.count(Ending.UNCHANGED)).isEqualTo(2);
  }

  @Test
  void aReleaseThatAnotherRunsHooksHoldIsNotTakenForLeftBehind() throws InterruptedException {
    runner().deploy(fleet);
    world.releases.computeIfPresent(
        key(), (_, release) -> pending(release, world.time.now().minus(Duration.ofMinutes(2)), 1));
    Instant start = world.time.now();

    runner().deploy(fleet);

    assertThat(world.writes).contains("recovered aks-weu-1");
    assertThat(Duration.between(start, world.time.now())).isGreaterThan(Duration.ofMinutes(8));
  }

  @Test
  void withoutHooksItIsAfterAMinute() throws InterruptedException {
    runner().deploy(fleet);
    world.releases.computeIfPresent(
        key(), (_, release) -> pending(release, world.time.now().minus(Duration.ofMinutes(2)), 0));
    Instant start = world.time.now();

    runner().deploy(fleet);

    assertThat(world.writes).contains("recovered aks-weu-1");
    assertThat(Duration.between(start, world.time.now())).isLessThan(Duration.ofMinutes(2));
  }

  private static String key() {
    return ResourceId.cluster("s-1", "rg-weu", "aks-weu-1").key();
  }

  private static Release pending(Release release, Instant since, int hooks) {
    return ReleaseCopy.of(release)
        .revision(release.revision() + 1)
        .status("pending-upgrade")
        .updated(since)
        .hooks(hooks)
        .made();
  }

  @Test
  void writesTheCredentialWhileTheClusterIsStillBeingUpdated() throws InterruptedException {
    // In this world the update ends only once the credential is there.
    Summary summary = runner().deploy(fleet);

    assertThat(summary.complete()).isTrue();
    assertThat(summary.took()).isLessThan(Lag.CLUSTER_UPDATING.bound());
  }

  @Test
  void provesWhatWorksAndWhatMustNot() throws InterruptedException {
    Summary summary = runner().deploy(fleet);

    assertThat(summary.clusters().getFirst().proofs())
        .allMatch(proof -> proof.verdict() instanceof Proof.Verdict.Proven)
        .extracting(Proof::hop)
        .containsExactly(
            Hop.POD,
            Hop.SERVICE_ACCOUNT,
            Hop.TOKEN,
            Hop.CREDENTIAL,
            Hop.EXCHANGE,
            Hop.SECRET,
            Hop.SECRET,
            Hop.UNDECLARED_REFUSED,
            Hop.FOREIGN_REFUSED);
  }

  /// The app of such a pod never gets its secrets, so the pod never becomes ready by itself.
  @Test
  void makesPodsAnewThatCannotBecomeReadyWithoutTheWebhook() throws InterruptedException {
    world.bare = true;

    Summary summary = runner().deploy(RunnerTest.fleet("aks-weu-1"));

    assertThat(summary.complete()).isTrue();
    assertThat(summary.took()).isLessThan(Lag.ROLLOUT.bound());
    assertThat(summary.clusters().getFirst().steps().values())
        .flatExtracting(step -> step.outcome().changes())
        .extracting(change -> change.thing().kind())
        .containsOnlyOnce(Thing.Kind.PODS);
  }

  @Test
  void doesNotShowARefusalAgainWhenNothingChanged() throws InterruptedException {
    runner().deploy(fleet);

    Summary second = runner().deploy(fleet);

    assertThat(second.clusters().getFirst().proofs())
        .filteredOn(proof -> proof.hop().isRefusal())
        .allMatch(proof -> proof.verdict() instanceof Proof.Verdict.NotProven);
  }

  @Test
  void namesTheIssuerThatDiffersWhenSomebodyEditedTheCredential() throws InterruptedException {
    runner().deploy(fleet);
    world.credentials.replaceAll(
        (_, credentials) -> credentials.stream().map(RunnerTest::withoutSlash).toList());

    Summary verified = runner().verify(fleet);

    assertThat(verified.clusters())
        .flatExtracting(cluster -> cluster.problems().values())
        .extracting(Problem::code)
        .containsExactly("issuer-differs", "issuer-differs");
    assertThat(verified.clusters().getFirst().proofs())
        .filteredOn(proof -> proof.verdict() instanceof Proof.Verdict.Refuted)
        .extracting(Proof::hop)
        .containsExactly(Hop.CREDENTIAL, Hop.EXCHANGE);
  }

  @Test
  void mendsTheCredentialWithOneChange() throws InterruptedException {
    runner().deploy(fleet);
    world.credentials.replaceAll(
        (_, credentials) -> credentials.stream().map(RunnerTest::withoutSlash).toList());
    world.writes.clear();

    runner().deploy(fleet);

    assertThat(world.writes).hasSize(2).allMatch(write -> write.startsWith("credential "));
  }

  @Test
  void keepsATagThatSomebodySetBetweenThePlanAndTheWrite() throws InterruptedException {
    ResourceId id = ResourceId.identity("s-1", "rg-weu", "id-orders-aks-weu-1");
    world.ports().identities().put(id, "westeurope", Tags.none());
    Listener somebody =
        event -> {
          if (event instanceof Event.Planned) {
            world.ports().identities().put(id, "westeurope", new Tags(Map.of("owner", "team-a")));
          }
        };

    runner(somebody).deploy(fleet);

    assertThat(Objects.requireNonNull(world.identities.get(id)).tags().values())
        .containsEntry("owner", "team-a")
        .containsEntry(Tags.APPLICATION, "orders");
  }

  @Test
  void keepsAFailureInItsCluster() throws InterruptedException {
    world.clusters.remove(Samples.CLUSTER.key());

    Summary summary = runner().deploy(fleet);

    ClusterResult missing = summary.clusters().getFirst();
    assertThat(missing.ending()).isEqualTo(Ending.FAILED);
    assertThat(missing.problems().values())
        .extracting(Problem::code)
        .containsExactly("cluster-missing");
    assertThat(missing.steps())
        .extractingByKey(Step.MANAGED_IDENTITY)
        .extracting(ClusterResult.StepResult::outcome)
        .isInstanceOf(Outcome.NotStarted.class);
    assertThat(summary.clusters().getLast().ending()).isEqualTo(Ending.CHANGED);
    assertThat(world.writes).noneMatch(write -> write.contains("aks-weu-1"));
  }

  @Test
  void skipsAStoppedClusterOnlyWhenTheFleetIsCompleteWithoutIt() throws InterruptedException {
    world.clusters.computeIfPresent(Samples.CLUSTER.key(), (_, cluster) -> stopped(cluster));

    assertThat(runner().deploy(fleet).clusters().getFirst().problems().values())
        .extracting(Problem::code)
        .containsExactly("cluster-not-running");
  }

  @Test
  void aListenerThatFailsDoesNotHarmTheRun() throws InterruptedException {
    var runner =
        new Runner(
            world.ports(),
            Limits.azure(),
            STEPS,
            List.of(
                _ -> {
                  throw new IllegalStateException("broken screen");
                }));

    assertThat(runner.deploy(fleet).complete()).isTrue();
  }

  private Runner runner(Listener... listeners) {
    return new Runner(world.ports(), Limits.azure(), STEPS, List.of(listeners));
  }

  private static FederatedCredential withoutSlash(FederatedCredential credential) {
    String issuer = credential.issuer().value();
    return new FederatedCredential(
        credential.name(),
        new Issuer(issuer.substring(0, issuer.length() - 1)),
        credential.subject(),
        credential.audience());
  }

  private static ObservedCluster stopped(ObservedCluster cluster) {
    return new ObservedCluster(
        cluster.id(),
        cluster.location(),
        cluster.kubernetesVersion(),
        cluster.nodeResourceGroup(),
        cluster.state(),
        Power.STOPPED,
        cluster.reach(),
        cluster.issuer(),
        cluster.workloadIdentity(),
        cluster.signIn(),
        cluster.tenant(),
        cluster.pools(),
        cluster.tags(),
        cluster.etag());
  }

  static Fleet fleet(String... names) {
    List<Target> targets =
        Arrays.stream(names)
            .map(name -> Samples.target(name, Management.ALL, Means.ROLES))
            .toList();
    return new Fleet("orders", targets);
  }
}
