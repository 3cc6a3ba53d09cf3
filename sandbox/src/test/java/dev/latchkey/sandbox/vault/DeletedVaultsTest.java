// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.cluster.TestWorld;
import dev.latchkey.sandbox.message.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeletedVaultsTest {
  private static final String VAULT = TestWorld.GROUP + "/providers/Microsoft.KeyVault/vaults/kv-a";
  private static final String SUBSCRIPTION = TestWorld.GROUP.replaceFirst("/resourceGroups/.*", "");
  private static final String PROVIDER = SUBSCRIPTION + "/providers/Microsoft.KeyVault";
  private static final String DELETED = PROVIDER + "/locations/westeurope/deletedVaults/kv-a";
  private static final String VERSION = "?api-version=2023-07-01";

  private final TestWorld world = TestWorld.slow();

  private static String body(String properties) {
    return """
        {"location": "westeurope", "tags": {"a": "b"}, "properties": {"tenantId": "%s",
         "sku": {"family": "A", "name": "premium"}%s}}
        """
        .formatted(TestWorld.TENANT, properties);
  }

  private Answer create(String properties) {
    return world.ask("PUT", VAULT + VERSION, body(properties));
  }

  @Test
  void aDeletedVaultIsShownWithItsDates() {
    create(", \"softDeleteRetentionInDays\": 7");
    world.ask("DELETE", VAULT + VERSION);

    Answer deleted = world.ask("GET", DELETED + VERSION);

    assertThat(TestWorld.body(deleted).toString())
        .isEqualTo(
            "{\"id\":\"%s\",\"name\":\"kv-a\",\"type\":\"Microsoft.KeyVault/deletedVaults\",\"properties\":{\"vaultId\":\"%s\",\"location\":\"westeurope\",\"tags\":{\"a\":\"b\"},\"deletionDate\":\"2026-09-01T08:00:00Z\",\"scheduledPurgeDate\":\"2026-09-08T08:00:00Z\"}}"
                .formatted(DELETED, VAULT));
    assertThat(
            TestWorld.body(world.ask("GET", PROVIDER + "/deletedVaults" + VERSION))
                .path("value")
                .size())
        .isEqualTo(1);
  }

  @Test
  void itsNameStaysTaken() {
    create("");
    world.ask("DELETE", VAULT + VERSION);

    Answer again = create("");
    Answer asked =
        world.ask(
            "POST",
            PROVIDER + "/checkNameAvailability" + VERSION,
            "{\"name\": \"kv-a\", \"type\": \"Microsoft.KeyVault/vaults\"}");

    assertThat(again.status()).isEqualTo(409);
    assertThat(TestWorld.code(again)).isEqualTo("ConflictError");
    assertThat(TestWorld.body(asked).path("nameAvailable").asBoolean()).isFalse();
  }

  @Test
  void itComesBackAsItWas() {
    create("");
    world.ask("DELETE", VAULT + VERSION);

    Answer recovered = create(", \"createMode\": \"recover\"");

    assertThat(recovered.status()).isEqualTo(200);
    assertThat(TestWorld.at(recovered, "/properties/provisioningState")).isEqualTo("Succeeded");
    assertThat(TestWorld.at(recovered, "/properties/sku/name")).isEqualTo("premium");
    assertThat(world.ask("GET", DELETED + VERSION).status()).isEqualTo(404);
  }

  @Test
  void whatWasNeverDeletedCannotBeRecovered() {
    assertThat(TestWorld.code(create(", \"createMode\": \"recover\"")))
        .isEqualTo("DeletedVaultNotFound");
  }

  @Test
  void aPurgeIsAnOperationWhoseAddressTellsItsEnd() {
    create("");
    world.ask("DELETE", VAULT + VERSION);

    Answer begun = world.ask("POST", DELETED + "/purge" + VERSION);
    String poll =
        begun.headers().getOrDefault("location", "").replace("https://management.azure.com", "");
    Answer before = world.ask("GET", poll);
    world.later(Duration.ofSeconds(8));
    Answer after = world.ask("GET", poll);

    assertThat(begun.status()).isEqualTo(202);
    assertThat(before.status()).isEqualTo(202);
    assertThat(TestWorld.at(before, "/status")).isEqualTo("NotStarted");
    assertThat(TestWorld.body(after).toString())
        .isEqualTo(
            "{\"createdDateTime\":\"2026-09-01 08:00:00Z\",\"lastActionDateTime\":\"2026-09-01 08:00:08Z\",\"status\":\"Succeeded\"}");
    assertThat(create("").status()).isEqualTo(200);
  }

  @Test
  void aProtectedVaultCannotBePurgedBeforeItsDate() {
    create(", \"enablePurgeProtection\": true, \"softDeleteRetentionInDays\": 7");
    world.ask("DELETE", VAULT + VERSION);

    Answer purge = world.ask("POST", DELETED + "/purge" + VERSION);
    world.later(Duration.ofDays(7));

    assertThat(purge.status()).isEqualTo(405);
    assertThat(world.ask("GET", DELETED + VERSION).status()).isEqualTo(404);
    assertThat(create("").status()).isEqualTo(200);
  }

  @Test
  void aVaultThatLeavesWithItsGroupIsDeletedToo() {
    create("");
    world.ask("DELETE", TestWorld.GROUP + "?api-version=2021-04-01");
    world.later(Duration.ofHours(1));

    assertThat(world.ask("GET", DELETED + VERSION).status()).isEqualTo(200);
  }
}
