// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.plan.Step;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `manage: require`: others make the things, latchkey says what is missing and how to make it.
class RequiredTest {
  @TempDir Path folder;

  @Test
  void namesAllThatIsMissingWithItsCommandAndChangesNothing() {
    try (var stage = Stage.of(1, folder)) {
      ClusterResult weu =
          Stage.result(
              stage.deploy(
                  file ->
                      file.replace(
                          "clusters:\n",
                          "manage: { cluster: require, identity: require, credential: require,"
                              + " access: require }\nclusters:\n")),
              "aks-weu-1");

      assertThat(weu.changes()).isZero();
      assertThat(Stage.steps(weu))
          .containsExactly(
              "workload identity failed required-but-missing",
              "identity failed required-but-missing",
              "credential failed required-but-missing",
              "access failed required-but-missing",
              "release notStarted",
              "verify notStarted");
      assertThat(next(weu, Step.WORKLOAD_IDENTITY))
          .isEqualTo(
              "az aks update --ids %s --enable-oidc-issuer --enable-workload-identity"
                  .formatted(Stage.clusterId("aks-weu-1")));
      assertThat(next(weu, Step.MANAGED_IDENTITY))
          .isEqualTo(
              "az identity create --name id-orders-aks-weu-1 --resource-group rg-weu"
                  + " --subscription 00000000-0000-0000-0000-000000000000 --location westeurope");
      assertThat(next(weu, Step.FEDERATED_CREDENTIAL))
          .contains("--issuer $(az aks show --ids " + Stage.clusterId("aks-weu-1"))
          .contains("--subject system:serviceaccount:orders:orders");
      assertThat(next(weu, Step.KEY_VAULT_ACCESS))
          .contains("--assignee-object-id $(az identity show --ids ")
          .contains("kv-shared/secrets/db-password && az role assignment create")
          .endsWith("kv-shared/secrets/payment-api-key");
    }
  }

  private static String next(ClusterResult result, Step step) {
    String told = Stage.told(result, step);
    return told.substring(told.indexOf("next: ") + 6);
  }
}
