// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.Ending;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.fleet.Budget;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.RolloutWish;
import dev.latchkey.core.fleet.RolloutWish.OnFailure;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.VaultAccess;
import dev.latchkey.core.fleet.VaultAccess.Means;
import dev.latchkey.core.fleet.Wave;
import dev.latchkey.core.fleet.Wave.Members;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Workloads.Rollout;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.step.Samples;
import dev.latchkey.core.step.Steps;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the first cluster fails of, the others that would fail alike need not repeat. Here nobody
/// may look at the names of a vault's secrets before.
class CommonCauseTest {
  private static final SecretName ABSENT = new SecretName("payment-api-key");

  private final World world = new World("aks-weu-1", "aks-neu-1", "aks-neu-2");

  @BeforeEach
  void nobodyMayLook() {
    world.absent.add(ABSENT);
    world.lookRefused =
        Optional.of(
            new AzureProblem.NotAllowed(
                "Reading the secret",
                "Microsoft.KeyVault/vaults/secrets/read",
                Samples.VAULT.text(),
                new AzureAnswer(403, "AuthorizationFailed", "no", "c-1")));
  }

  @Test
  void aSecretThatIsNotThereKeepsTheOthersFromBeginningWhateverTheBudget()
      throws InterruptedException {
    Summary summary = deploy(target("aks-weu-1"), target("aks-neu-1"), target("aks-neu-2"));

    assertThat(endings(summary))
        .containsExactly(Ending.FAILED, Ending.NOT_STARTED, Ending.NOT_STARTED);
    assertThat(summary.clusters().getFirst().problems().get(Step.VERIFICATION))
        .extracting(problem -> problem == null ? "" : problem.code())
        .isEqualTo("secret-missing");
    assertThat(summary.clusters().getLast().steps().values())
        .extracting(ClusterResult.StepResult::outcome)
        .containsOnly(
            new Outcome.Withheld("`payment-api-key` is not in `kv-shared`, as `aks-weu-1` showed"));
    assertThat(world.writes).noneMatch(write -> write.contains("aks-neu"));
  }

  @Test
  void clustersThatDoNotNeedTheSecretGoOn() throws InterruptedException {
    Summary summary =
        deploy(target("aks-weu-1"), withoutTheSecret("aks-neu-1"), target("aks-neu-2"));

    assertThat(endings(summary)).containsExactly(Ending.FAILED, Ending.CHANGED, Ending.NOT_STARTED);
  }

  /// An app that becomes ready only with its secrets never does.
  @Test
  void isNoticedWhenTheApplicationNeverBecomesReady() throws InterruptedException {
    world.rollouts.add(new Rollout.TimedOut(0, 1, List.of()));

    Summary summary = deploy(target("aks-weu-1"), target("aks-neu-1"));

    assertThat(endings(summary)).containsExactly(Ending.FAILED, Ending.NOT_STARTED);
    assertThat(summary.clusters().getFirst().problems().get(Step.VERIFICATION))
        .extracting(problem -> problem == null ? "" : problem.code())
        .isEqualTo("secret-missing");
  }

  @Test
  void whatKubernetesExplainsIsToldAsItIs() throws InterruptedException {
    world.rollouts.add(
        new Rollout.Stuck("Pod/orders-1", "ImagePullBackOff", "manifest unknown", List.of()));

    Summary summary = deploy(target("aks-weu-1"), withoutTheSecret("aks-neu-1"));

    assertThat(endings(summary)).containsExactly(Ending.FAILED, Ending.CHANGED);
    assertThat(summary.clusters().getFirst().problems().get(Step.VERIFICATION))
        .extracting(problem -> problem == null ? "" : problem.code())
        .isEqualTo("rollout-stuck");
  }

  @Test
  void aProofOfTheFleetLooksAtEveryCluster() throws InterruptedException {
    world.absent.clear();
    var fleet = fleet(target("aks-weu-1"), target("aks-neu-1"), target("aks-neu-2"));
    runner().deploy(fleet);
    world.absent.add(ABSENT);

    assertThat(endings(runner().verify(fleet))).containsOnly(Ending.FAILED).hasSize(3);
  }

  private static List<Ending> endings(Summary summary) {
    return summary.clusters().stream().map(ClusterResult::ending).toList();
  }

  private Summary deploy(Target... targets) throws InterruptedException {
    return runner().deploy(fleet(targets));
  }

  private Runner runner() {
    return new Runner(
        world.ports(), Limits.azure(), new Steps("https://login.example/", "probe"), List.of());
  }

  /// One cluster at a time, and as many may fail as like.
  private static Fleet fleet(Target... targets) {
    var wave = new Wave("all", new Members.Rest(), 1, new Budget.Share(100), Duration.ZERO);
    return new Fleet(
        "orders", List.of(targets), new RolloutWish(List.of(wave), OnFailure.CONTINUE));
  }

  private static Target target(String name) {
    return Samples.target(name, Management.ALL, Means.ROLES);
  }

  private static Target withoutTheSecret(String name) {
    Target all = target(name);
    VaultAccess some =
        new VaultAccess(
            all.vault().vault(),
            all.vault().secrets().stream().filter(secret -> !secret.name().equals(ABSENT)).toList(),
            Means.ROLES);
    return new Target(
        all.name(),
        all.cluster(),
        all.application(),
        all.presence(),
        all.environment(),
        all.serviceAccount(),
        all.namespace(),
        all.identity(),
        some,
        all.chart(),
        all.manage());
  }
}
