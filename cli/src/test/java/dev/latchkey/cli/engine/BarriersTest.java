// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.Ending;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Azure would refuse is told before anything is written.
class BarriersTest {
  private static final String LOCK = "/providers/Microsoft.Authorization/locks/frozen";
  private static final String VERSION = "2020-05-01";
  private static final String ROLE_ADMINISTRATOR = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";
  private static final String READ_ONLY = "{\"properties\":{\"level\":\"ReadOnly\"}}";

  @TempDir Path folder;

  @Test
  void assignsNoRoleInALockedGroupAndDeploysOnceTheLockIsGone() {
    try (var stage = Stage.of(1, folder)) {
      String lock = Stage.group("rg-shared") + LOCK;
      stage.arm("PUT", lock, VERSION, READ_ONLY);

      ClusterResult weu = Stage.result(stage.deploy(), "aks-weu-1");

      assertThat(Stage.told(weu, Step.KEY_VAULT_ACCESS))
          .isEqualTo(
              """
              scope-locked: `db-password` cannot be written: a lock forbids it.
              seen: lock  frozen, ReadOnly
              seen: on    %s
              why: Such a lock forbids every change at its scope and below it, whatever rights there are. Nothing was sent.
              next: az lock delete --ids %s"""
                  .formatted(Stage.group("rg-shared"), lock));
      assertThat(stage.requests("PUT", "", 409)).isZero();

      stage.arm("DELETE", lock, VERSION, "");
      assertThat(stage.deploy().complete()).isTrue();
    }
  }

  @Test
  void doesNotMindALockThatOnlyForbidsToDelete() {
    try (var stage = Stage.of(1, folder)) {
      stage.arm(
          "PUT",
          "/subscriptions/" + Stage.SUBSCRIPTION + LOCK,
          VERSION,
          "{\"properties\":{\"level\":\"CanNotDelete\"}}");

      assertThat(stage.deploy().complete()).isTrue();
    }
  }

  @Test
  void switchesNothingOnAtALockedCluster() {
    try (var stage = Stage.of(2, folder)) {
      stage.arm("PUT", Stage.clusterId("aks-weu-1") + LOCK, VERSION, READ_ONLY);

      var summary = stage.deploy();

      assertThat(Stage.steps(Stage.result(summary, "aks-weu-1")))
          .contains("workload identity failed scope-locked");
      assertThat(stage.requests("PUT", "/managedClusters/aks-weu-1", 409)).isZero();
      assertThat(Stage.result(summary, "aks-neu-1").succeeded()).isTrue();
    }
  }

  @Test
  void grantsNothingWhereTheVaultLacksADeclaredSecret() {
    try (var stage = Stage.of(1, folder)) {
      ClusterResult weu =
          Stage.result(
              stage.deploy(file -> file.replace("payment-api-key", "payment-key")), "aks-weu-1");

      assertThat(Stage.told(weu, Step.KEY_VAULT_ACCESS))
          .isEqualTo(
              """
              secrets-missing: The vault `kv-shared` does not have `payment-key`.
              seen: id  %s
              why: The file declares what is not there, so no access was granted.
              next: az keyvault secret set --vault-name kv-shared --name payment-key --file FILE, or correct the secrets in the file"""
                  .formatted(Stage.VAULT));
      assertThat(Stage.steps(weu)).contains("release notStarted");
    }
  }

  /// The first cluster shows it then, and the others are left as they are.
  @Test
  void doesNotTryOthersWhereOneClusterShowedThatASecretIsNotThere() {
    try (var stage = Stage.of(3, folder)) {
      forbidToListSecrets(stage);

      Summary summary =
          stage.deploy(
              file ->
                  file.replace("payment-api-key", "payment-key")
                      + """

                        rollout:
                          waves: [{ name: all, maxParallel: 1, maxFailures: 100% }]
                          onFailure: continue
                        """);

      assertThat(summary.clusters())
          .extracting(ClusterResult::ending)
          .containsExactly(Ending.FAILED, Ending.NOT_STARTED, Ending.NOT_STARTED);
      assertThat(Stage.told(summary.clusters().getFirst(), Step.VERIFICATION))
          .isEqualTo(
              """
              secret-missing: There is no secret `payment-key` in `kv-shared`.
              why: The identity may read it, but the vault does not have it: SecretNotFound (HTTP 404, correlation id …)
              next: az keyvault secret set --vault-name kv-shared --name payment-key --file FILE""");
      assertThat(summary.clusters().getLast().steps().values())
          .extracting(ClusterResult.StepResult::outcome)
          .containsOnly(
              new Outcome.Withheld("`payment-key` is not in `kv-shared`, as `aks-weu-1` showed"));
      assertThat(stage.requests("PUT", "/id-orders-aks-neu-1", 201)).isZero();
    }
  }

  /// The pipeline keeps no right but those that it cannot do without.
  private static void forbidToListSecrets(Stage stage) {
    String reader = role("1a7c4e80-0000-4000-8000-000000000001");
    String read = stage.arm("GET", reader, "2022-04-01", "").toString();
    String right = "\"Microsoft.KeyVault/vaults/secrets/read\",";
    assertThat(read).contains(right);
    stage.arm("PUT", reader, "2022-04-01", read.replace(right, ""));

    String grants = "7e1d2c3b-0000-4000-8000-000000000002";
    stage.arm(
        "PUT",
        role(grants),
        "2022-04-01",
        """
        {"properties":{"roleName":"assigns roles","type":"CustomRole","assignableScopes":["/subscriptions/%s"],
        "permissions":[{"actions":["Microsoft.Authorization/roleAssignments/write"]}]}}"""
            .formatted(Stage.SUBSCRIPTION));
    stage.take(ROLE_ADMINISTRATOR, "kv-shared"); // holds every right to read
    stage.give(grants, Stage.PIPELINE, Stage.VAULT, 3);
  }

  private static String role(String guid) {
    return "/subscriptions/%s/providers/Microsoft.Authorization/roleDefinitions/%s"
        .formatted(Stage.SUBSCRIPTION, guid);
  }
}
