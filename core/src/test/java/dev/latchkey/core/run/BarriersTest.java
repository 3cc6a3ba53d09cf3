// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.VaultAccess.Means;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.resource.Lock;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.step.Samples;
import dev.latchkey.core.step.StepProblem;
import dev.latchkey.core.step.Steps;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What would be refused is known before anything is written.
class BarriersTest {
  private static final Lock ON_VAULTS_GROUP = lock("/subscriptions/s-1/resourceGroups/RG-shared");

  private final World world = new World("aks-weu-1", "aks-neu-1");
  private final Fleet fleet =
      new Fleet(
          "orders",
          List.of(
              Samples.target("aks-weu-1", Management.ALL, Means.ROLES),
              Samples.target("aks-neu-1", Management.ALL, Means.ROLES)));

  @Test
  void asksOnceForTheLocksOfASubscriptionAndTheSecretsOfAVault() throws InterruptedException {
    runner().deploy(fleet);

    assertThat(world.reads).containsOnlyOnce("locks of s-1", "secrets of kv-shared");
  }

  @Test
  void asksNothingWhereNothingChanges() throws InterruptedException {
    runner().deploy(fleet);
    world.reads.clear();

    runner().deploy(fleet);

    assertThat(world.reads).doesNotContain("locks of s-1", "secrets of kv-shared");
  }

  @Test
  void writesNoAccessBelowALockedGroup() throws InterruptedException {
    world.locks.add(ON_VAULTS_GROUP);

    List<ClusterResult> clusters = runner().deploy(fleet).clusters();

    var locked =
        new StepProblem.ScopeLocked(Samples.VAULT.child("secrets", "db-password"), ON_VAULTS_GROUP);
    assertThat(clusters)
        .flatExtracting(cluster -> cluster.problems().values())
        .containsExactly(locked, locked);
    assertThat(world.roles).isEmpty();
    assertThat(runner().plan(fleet).plan().access().added()).isEmpty();
  }

  @Test
  void leavesTheClustersAloneThatALockDoesNotReach() throws InterruptedException {
    ResourceId weu = ResourceId.cluster("s-1", "rg-weu", "aks-weu-1");
    world.locks.add(lock(weu.text()));
    world.locks.add(lock("/subscriptions/s-1/resourceGroups/rg-share"));

    List<ClusterResult> clusters = runner().deploy(fleet).clusters();

    assertThat(clusters.getFirst().problems())
        .containsValue(new StepProblem.ScopeLocked(weu, lock(weu.text())));
    assertThat(clusters.getLast().succeeded()).isTrue();
    assertThat(world.writes).noneMatch(write -> write.contains("update aks-weu-1"));
  }

  @Test
  void grantsNothingWhereADeclaredSecretIsNotThere() throws InterruptedException {
    world.absent.add(new SecretName("payment-api-key"));

    List<ClusterResult> clusters = runner().deploy(fleet).clusters();

    var missing =
        new StepProblem.SecretsMissing(Samples.VAULT, List.of(new SecretName("payment-api-key")));
    assertThat(clusters)
        .flatExtracting(cluster -> cluster.problems().values())
        .containsExactly(missing, missing);
    assertThat(world.roles).isEmpty();
  }

  @Test
  void goesOnWhereNobodyMayLook() throws InterruptedException {
    world.lookRefused =
        Optional.of(
            new AzureProblem.NotAllowed(
                "Listing locks",
                "Microsoft.Authorization/locks/read",
                "/subscriptions/s-1",
                new AzureAnswer(403, "AuthorizationFailed", "no", "c-1")));

    assertThat(runner().deploy(fleet).complete()).isTrue();
  }

  private static Lock lock(String scope) {
    return new Lock(scope + "/providers/Microsoft.Authorization/locks/frozen", scope);
  }

  private Runner runner() {
    return new Runner(
        world.ports(), Limits.azure(), new Steps("https://login.example/", "probe"), List.of());
  }
}
