// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.cluster.TestWorld;
import dev.latchkey.sandbox.message.Answer;
import org.junit.jupiter.api.Test;

class KeyVaultsTest {
  private static final String VAULT = TestWorld.GROUP + "/providers/Microsoft.KeyVault/vaults/kv-a";
  private static final String VERSION = "?api-version=2023-07-01";
  private static final String BODY =
      """
      {"location": "westeurope", "properties": {"tenantId": "%s", "sku": {"family": "A", "name": "standard"}}}
      """
          .formatted(TestWorld.TENANT);

  private final TestWorld world = TestWorld.instant();

  private Vault vault() {
    return world.azure.vaults().find("KV-A").orElseThrow();
  }

  @Test
  void theFirstAnswerSaysRegisteringAndHasNoSlash() {
    Answer first = world.ask("PUT", VAULT + VERSION, BODY);

    assertThat(first.status()).isEqualTo(200);
    assertThat(TestWorld.at(first, "/properties/vaultUri"))
        .isEqualTo("https://kv-a.vault.azure.net");
    assertThat(TestWorld.at(world.ask("GET", VAULT + VERSION), "/properties/vaultUri"))
        .isEqualTo("https://kv-a.vault.azure.net/");
  }

  @Test
  void newVaultsUseRolesOnlySinceTheVersionOf2026() {
    world.ask("PUT", VAULT + VERSION, BODY);
    assertThat(vault().permissionModel()).isEqualTo(Vault.PermissionModel.ACCESS_POLICIES);

    world.ask("DELETE", VAULT + VERSION);
    world.ask("PUT", VAULT + "?api-version=2026-02-01", BODY);
    assertThat(vault().permissionModel()).isEqualTo(Vault.PermissionModel.ROLES);
  }

  @Test
  void accessPoliciesAreAddedAndRemovedWordByWord() {
    world.ask("PUT", VAULT + VERSION, BODY);
    String entry =
        "{\"properties\": {\"accessPolicies\": [{\"tenantId\": \"t\", \"objectId\": \"o\", \"permissions\": {\"secrets\": [%s]}}]}}";

    world.ask("PUT", VAULT + "/accessPolicies/add" + VERSION, entry.formatted("\"get\""));
    world.ask("PUT", VAULT + "/accessPolicies/add" + VERSION, entry.formatted("\"Get\", \"list\""));
    assertThat(vault().accessPolicies())
        .singleElement()
        .satisfies(
            policy ->
                assertThat(policy.secretPermissions()).containsExactlyInAnyOrder("get", "list"));

    world.ask(
        "PUT", VAULT + "/accessPolicies/remove" + VERSION, entry.formatted("\"get\", \"list\""));
    assertThat(vault().accessPolicies()).isEmpty();
  }

  @Test
  void secretsAreWrittenThroughArmAndTheirValuesNeverShown() {
    world.ask("PUT", VAULT + VERSION, BODY);

    Answer written =
        world.ask(
            "PUT",
            VAULT + "/secrets/db-password" + VERSION,
            "{\"properties\": {\"value\": \"hunter2\"}}");
    Answer listed = world.ask("GET", VAULT + "/secrets" + VERSION);

    assertThat(TestWorld.body(written).toString()).doesNotContain("hunter2");
    assertThat(TestWorld.body(listed).toString()).contains("db-password").doesNotContain("hunter2");
    assertThat(world.ask("GET", VAULT + "/secrets/none" + VERSION).status()).isEqualTo(404);
  }

  @Test
  void aFirewallIsSeenByTheDataPlane() {
    world.ask("PUT", VAULT + VERSION, BODY);
    world.ask(
        "PATCH",
        VAULT + VERSION,
        "{\"properties\": {\"networkAcls\": {\"defaultAction\": \"Deny\", \"ipRules\": [{\"value\": \"203.0.113.0/24\"}]}}}");

    assertThat(vault().network().defaultAction()).isEqualTo(Vault.DefaultAction.DENY);
    assertThat(vault().network().addresses()).containsExactly("203.0.113.0/24");
  }

  @Test
  void aNameIsTakenOnceInTheWorld() {
    world.azure.addGroup(TestWorld.SUBSCRIPTION, "rg-other", "westeurope");
    world.ask("PUT", VAULT + VERSION, BODY);

    assertThat(
            TestWorld.code(world.ask("PUT", VAULT.replace("rg-weu", "rg-other") + VERSION, BODY)))
        .isEqualTo("VaultAlreadyExists");
  }
}
