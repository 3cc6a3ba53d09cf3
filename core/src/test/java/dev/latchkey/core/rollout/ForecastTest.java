// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.fleet.Budget;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.IdentityWish;
import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.RolloutWish;
import dev.latchkey.core.fleet.RolloutWish.OnFailure;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.VaultAccess;
import dev.latchkey.core.fleet.Wave;
import dev.latchkey.core.gate.Bucket;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Tags;
import dev.latchkey.core.step.Samples;
import dev.latchkey.core.step.StepProblem;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForecastTest {
  private static final RolloutWish AT_ONCE =
      new RolloutWish(
          List.of(
              new Wave(
                  "all", new Wave.Members.Rest(), 100_000, new Budget.Count(0), Duration.ZERO)),
          OnFailure.STOP);

  @Test
  void aFewClustersTakeAsLongAsTheSlowestUpdate() {
    Forecast forecast = Forecast.of(cold(3, 1, AT_ONCE), Limits.azure());

    assertThat(forecast.isSqueezed()).isFalse();
    assertThat(forecast.duration()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(6));
    assertThat(forecast.duration()).isGreaterThanOrEqualTo(forecast.bound());
  }

  @Test
  void identitiesBindAThousandNewClustersOfOneSubscription() {
    Forecast forecast = Forecast.of(cold(1000, 1, AT_ONCE), Limits.azure());

    var squeeze = forecast.squeeze().orElseThrow();
    assertThat(squeeze.bucket()).isEqualTo(Bucket.IDENTITY_WRITES);
    assertThat(squeeze.requests()).isEqualTo(2000);
    assertThat(squeeze.bound()).isEqualTo(Duration.ofSeconds(999));
    assertThat(forecast.bound()).isEqualTo(squeeze.bound());
  }

  @Test
  void tenSubscriptionsShareTheLoad() {
    Forecast one = Forecast.of(cold(1000, 1, AT_ONCE), Limits.azure());
    Forecast ten = Forecast.of(cold(1000, 10, AT_ONCE), Limits.azure());

    // what is left is the slowest update of the thousand, and what waits for it
    assertThat(ten.duration().minus(ten.path())).isLessThan(Duration.ofSeconds(1));
    assertThat(ten.duration()).isLessThan(one.duration().multipliedBy(3).dividedBy(5));
  }

  /// Five requests a cluster, and one more for each of its two secrets.
  @Test
  void countsTheRequestsOfEachLimit() {
    Forecast forecast = Forecast.of(cold(10, 1, AT_ONCE), Limits.azure());

    assertThat(forecast.requests())
        .containsEntry(Bucket.CLUSTER_LISTS, 1)
        .containsEntry(Bucket.CLUSTER_READS, 10)
        .containsEntry(Bucket.CLUSTER_WRITES, 10)
        .containsEntry(Bucket.CLUSTER_OTHERS, 10)
        .containsEntry(Bucket.IDENTITY_WRITES, 20)
        .containsEntry(Bucket.IDENTITY_LISTS, 1)
        .containsEntry(Bucket.ARM_WRITES, 10 + 10 + 10 + 10 + 20);
  }

  /// Each proof is taken twice; what must not work is tried once.
  @Test
  void countsTheProofsOfEachCluster() {
    Forecast forecast = Forecast.of(cold(10, 1, AT_ONCE), Limits.azure());

    assertThat(forecast.requests())
        .containsEntry(Bucket.TOKENS, 10 * (2 + 1))
        .containsEntry(Bucket.VAULT_READS, 10 * (2 * 2 + 1));
  }

  @Test
  void whereAccessStaysOnlyWhatMustWorkIsTried() {
    Plan plan =
        plan(3, 1, AT_ONCE, (target, _) -> new ClusterPlan(target, Optional.empty(), kept()));

    assertThat(Forecast.of(plan, Limits.azure()).requests())
        .containsEntry(Bucket.TOKENS, 3 * 2)
        .containsEntry(Bucket.VAULT_READS, 3 * 2 * 2);
  }

  @Test
  void aSingleClusterHasNoTokenOfAnotherToTry() {
    Forecast forecast = Forecast.of(cold(1, 1, AT_ONCE), Limits.azure());

    assertThat(forecast.requests()).containsEntry(Bucket.TOKENS, 2);
  }

  /// Ten clusters; lists of clusters and identities, the vault and its assignments; locks of the
  /// clusters' subscription and of the vault's, the registered provider, the right to assign, the
  /// count of assignments, and two secrets.
  @Test
  void countsWhatIsLookedForBeforeTheFirstChange() {
    Forecast forecast = Forecast.of(cold(10, 1, AT_ONCE), Limits.azure());

    assertThat(forecast.requests()).containsEntry(Bucket.ARM_READS, 10 + 4 + 7);
  }

  @Test
  void wavesComeOneAfterTheOtherAndAreSoaked() {
    var soak = Duration.ofMinutes(10);
    RolloutWish inWaves = inWaves(soak);

    Forecast apart = Forecast.of(cold(5, 1, inWaves), Limits.azure());
    Forecast together = Forecast.of(cold(5, 1, AT_ONCE), Limits.azure());

    assertThat(apart.duration()).isGreaterThan(together.duration().plus(soak));
  }

  /// What an earlier run deployed was watched then.
  @Test
  void aWaveWhoseReleasesStayIsNotSoaked() {
    RolloutWish inWaves = inWaves(Duration.ofMinutes(10));
    Plan plan =
        plan(
            3,
            1,
            inWaves,
            (target, number) ->
                new ClusterPlan(target, Optional.empty(), number == 0 ? kept() : fresh()));

    assertThat(Forecast.of(plan, Limits.azure()).duration()).isLessThan(Duration.ofMinutes(10));
  }

  private static RolloutWish inWaves(Duration soak) {
    var canary =
        new Wave(
            "canary",
            Wave.Members.Named.of(List.of(new ClusterName("aks-0"))),
            1,
            new Budget.Count(0),
            soak);
    return new RolloutWish(List.of(canary, AT_ONCE.waves().getFirst()), OnFailure.STOP);
  }

  @Test
  void aPlanWithoutChangesTakesSeconds() {
    Plan plan =
        plan(3, 1, AT_ONCE, (target, _) -> new ClusterPlan(target, Optional.empty(), kept()));

    Forecast forecast = Forecast.of(plan, Limits.azure());

    assertThat(forecast.duration()).isLessThan(Duration.ofSeconds(10));
    assertThat(forecast.requests()).doesNotContainKeys(Bucket.IDENTITY_WRITES, Bucket.ARM_DELETES);
  }

  @Test
  void aClusterThatIsBlockedOrSkippedAsksForNothingMore() {
    Plan plan =
        plan(
            2,
            1,
            AT_ONCE,
            (target, number) ->
                number == 0
                    ? new ClusterPlan(target, Optional.of("stopped"), Map.of())
                    : blocked(target));

    Forecast forecast = Forecast.of(plan, Limits.azure());

    assertThat(forecast.requests())
        .doesNotContainKeys(Bucket.CLUSTER_WRITES, Bucket.CLUSTER_OTHERS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100, 1000})
  void aRunTakesHardlyLongerThanItMust(int clusters) {
    for (int subscriptions : new int[] {1, 10}) {
      Forecast forecast = Forecast.of(cold(clusters, subscriptions, AT_ONCE), Limits.azure());

      double ratio = (double) forecast.duration().toMillis() / forecast.bound().toMillis();
      assertThat(ratio).as("%d subscriptions", subscriptions).isBetween(1.0, 1.10);
    }
  }

  @Test
  void thousandsOfClustersAreForeseenToo() {
    Forecast forecast = Forecast.of(cold(10_000, 10, AT_ONCE), Limits.azure());

    assertThat(forecast.requests()).containsEntry(Bucket.IDENTITY_WRITES, 20_000);
  }

  private interface Planned {
    ClusterPlan of(Target target, int number);
  }

  private static Plan cold(int clusters, int subscriptions, RolloutWish rollout) {
    return plan(
        clusters,
        subscriptions,
        rollout,
        (target, _) -> new ClusterPlan(target, Optional.empty(), fresh()));
  }

  private static Plan plan(int clusters, int subscriptions, RolloutWish rollout, Planned planned) {
    List<ClusterPlan> plans =
        IntStream.range(0, clusters)
            .mapToObj(i -> planned.of(target("aks-" + i, "s-" + i % subscriptions), i))
            .toList();
    var fleet = new Fleet("orders", plans.stream().map(ClusterPlan::target).toList(), rollout);
    return new Plan(fleet, plans);
  }

  private static Target target(String name, String subscription) {
    Target sample = Samples.target(name, Management.ALL, VaultAccess.Means.ROLES);
    return new Target(
        sample.name(),
        ResourceId.cluster(subscription, "rg-weu", name),
        sample.application(),
        sample.presence(),
        sample.environment(),
        sample.serviceAccount(),
        sample.namespace(),
        new IdentityWish(subscription, "rg-weu", "id-" + name, Optional.empty(), Tags.none()),
        sample.vault(),
        sample.chart(),
        sample.manage());
  }

  private static Map<Step, StepPlan> fresh() {
    var steps = new EnumMap<Step, StepPlan>(Step.class);
    steps.put(
        Step.WORKLOAD_IDENTITY,
        StepPlan.of(
            Step.WORKLOAD_IDENTITY,
            List.of(new Change.Update(thing(Kind.CLUSTER), Settings.none(), Settings.none(), ""))));
    create(steps, Step.MANAGED_IDENTITY, Kind.IDENTITY, 1);
    create(steps, Step.FEDERATED_CREDENTIAL, Kind.CREDENTIAL, 1);
    create(steps, Step.KEY_VAULT_ACCESS, Kind.ROLE_ASSIGNMENT, 2);
    create(steps, Step.HELM_RELEASE, Kind.RELEASE, 1);
    steps.put(Step.VERIFICATION, StepPlan.of(Step.VERIFICATION, List.of()));
    return steps;
  }

  private static void create(Map<Step, StepPlan> steps, Step step, Kind kind, int times) {
    List<Change> changes =
        IntStream.range(0, times)
            .<Change>mapToObj(_ -> new Change.Create(thing(kind), Settings.none()))
            .toList();
    steps.put(step, StepPlan.of(step, changes));
  }

  private static Map<Step, StepPlan> kept() {
    var steps = new EnumMap<Step, StepPlan>(Step.class);
    for (Step step : Step.values()) {
      steps.put(step, StepPlan.of(step, List.of(new Change.Keep(thing(Kind.IDENTITY)))));
    }
    return steps;
  }

  private static ClusterPlan blocked(Target target) {
    var problem = new StepProblem.ClusterMissing(target.cluster());
    return new ClusterPlan(
        target,
        Optional.empty(),
        Map.of(Step.WORKLOAD_IDENTITY, StepPlan.blocked(Step.WORKLOAD_IDENTITY, problem)));
  }

  private static Thing thing(Kind kind) {
    return new Thing(kind, "thing");
  }
}
