// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.plan.Step;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Identities and credentials that others made, changed or took away.
class IdentitiesTest {
  private static final String VERSION = "2023-01-31";
  private static final String IDENTITY = Stage.identityId("aks-weu-1");
  private static final String CREDENTIALS = IDENTITY + "/federatedIdentityCredentials";
  private static final String FOREIGN =
      """
      {"properties":{"issuer":"https://issuer.example/%d","subject":"s",
      "audiences":["api://AzureADTokenExchange"]}}""";

  @TempDir Path folder;

  @Test
  void refusesTheIdentityOfAnotherApplication() {
    try (var stage = Stage.of(1, folder)) {
      identity(stage, "{\"latchkey-application\":\"billing\"}");

      ClusterResult weu = Stage.result(stage.deploy(), "aks-weu-1");

      assertThat(Stage.told(weu, Step.MANAGED_IDENTITY))
          .isEqualTo(
              """
              identity-of-others: The managed identity `id-orders-aks-weu-1` belongs to others.
              seen: wanted  orders
              seen: seen    billing
              why: Its tag `latchkey-application` names them; sharing it would let them read these secrets.
              next: choose another identity.name in the file""");
    }
  }

  @Test
  void doesNotGiveBackAccessThatWasCut() {
    try (var stage = Stage.of(1, folder)) {
      identity(stage, "{\"latchkey-revoked\":\"2026-01-01\"}");

      ClusterResult weu = Stage.result(stage.deploy(), "aks-weu-1");

      assertThat(Stage.steps(weu))
          .contains("identity failed revoked", "access notStarted", "release notStarted");
    }
  }

  @Test
  void saysWhenTheIdentityHasNoRoomForACredential() {
    try (var stage = Stage.of(1, folder)) {
      identity(stage, "{\"owner\":\"team\"}");
      for (int number = 0; number < 20; number++) {
        stage.arm("PUT", CREDENTIALS + "/other-" + number, VERSION, FOREIGN.formatted(number));
      }

      ClusterResult full = Stage.result(stage.deploy(), "aks-weu-1");

      assertThat(Stage.steps(full))
          .contains("credential failed credentials-full", "release notStarted");
      assertThat(Stage.told(full, Step.FEDERATED_CREDENTIAL)).contains("20");

      stage.arm("DELETE", CREDENTIALS + "/other-7", VERSION, "");

      assertThat(stage.deploy().complete()).isTrue();
      assertThat(stage.arm("GET", IDENTITY, VERSION, "").at("/tags/owner").asString())
          .isEqualTo("team");
    }
  }

  @Test
  void mendsACredentialThatWasEditedByHand() {
    try (var stage = Stage.of(1, folder)) {
      stage.deploy();
      stage.arm("PUT", ours(stage).path("id").asString(), VERSION, FOREIGN.formatted(1));

      assertThat(stage.deploy().changes()).isEqualTo(1);
      assertThat(stage.deploy().changes()).isZero();
    }
  }

  @Test
  void adoptsACredentialOfAnotherName() {
    try (var stage = Stage.of(1, folder)) {
      stage.deploy();
      JsonNode ours = ours(stage);
      stage.arm("DELETE", ours.path("id").asString(), VERSION, "");
      stage.arm(
          "PUT",
          CREDENTIALS + "/theirs",
          VERSION,
          "{\"properties\":" + ours.path("properties") + "}");

      ClusterResult weu = Stage.result(stage.deploy(), "aks-weu-1");

      assertThat(weu.changes()).isZero();
      assertThat(weu.findings())
          .containsExactly("adopted: the credential theirs was not made by latchkey");
    }
  }

  @Test
  void givesAccessAnewToAnIdentityThatWasMadeAgain() {
    try (var stage = Stage.of(1, folder)) {
      stage.deploy();
      stage.arm("DELETE", IDENTITY, VERSION, "");

      ClusterResult weu = Stage.result(stage.deploy(), "aks-weu-1");

      assertThat(Stage.steps(weu))
          .containsExactly(
              "workload identity unchanged",
              "identity changed",
              "credential changed",
              "access changed",
              "release changed",
              "verify unchanged");
      assertThat(stage.deploy().changes()).isZero();
    }
  }

  @Test
  void refusesOneIdentityForTwoClustersOnceTheirLocationsAreKnown() {
    try (var stage = Stage.of(4, folder)) {
      var summary =
          stage.deploy(
              file ->
                  file.replace(
                      "clusters:\n", "identity: { name: \"id-orders-{location}\" }\nclusters:\n"));

      assertThat(Stage.told(Stage.result(summary, "aks-weu-1"), Step.MANAGED_IDENTITY))
          .isEqualTo(
              """
              identity-shared: 2 clusters of this fleet would have the one managed identity `id-orders-westeurope`.
              seen: cluster  aks-weu-1
              seen: cluster  aks-weu-2
              why: Each of them could then read what the others may read.
              next: put {cluster} into identity.name, or set identity.name at each cluster""");
      assertThat(Stage.result(summary, "aks-weu-2").changes()).isZero();
      assertThat(Stage.result(summary, "aks-neu-1").succeeded()).isTrue();
    }
  }

  private static void identity(Stage stage, String tags) {
    stage.arm("PUT", IDENTITY, VERSION, "{\"location\":\"westeurope\",\"tags\":" + tags + "}");
  }

  private static JsonNode ours(Stage stage) {
    return stage.arm("GET", CREDENTIALS, VERSION, "").path("value").path(0);
  }
}
