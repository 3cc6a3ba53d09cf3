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

    String other = VAULT.replace("kv-a", "kv-b");
    world.ask("PUT", other + "?api-version=2026-02-01", BODY);
    assertThat(world.azure.vaults().find("kv-b").orElseThrow().permissionModel())
        .isEqualTo(Vault.PermissionModel.ROLES);
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

  @Test
  void whatAVersionDoesNotKnowItDoesNotTell() {
    world.ask("PUT", VAULT + "?api-version=2026-02-01", BODY);

    Answer older = world.ask("GET", VAULT + "?api-version=2018-02-14");
    Answer newer = world.ask("GET", VAULT + VERSION);

    assertThat(TestWorld.body(older).has("systemData")).isFalse();
    assertThat(TestWorld.body(older).path("properties").propertyNames())
        .doesNotContain("publicNetworkAccess", "enableRbacAuthorization");
    assertThat(TestWorld.body(newer).path("properties").propertyNames())
        .contains("publicNetworkAccess", "enableRbacAuthorization", "softDeleteRetentionInDays");
  }

  @Test
  void networkRulesAreToldOnlyWhereTheyKeepSomebodyOut() {
    world.ask("PUT", VAULT + VERSION, BODY);
    String rules = "{\"properties\": {\"networkAcls\": %s}}";

    Answer open =
        world.ask(
            "PATCH",
            VAULT + VERSION,
            rules.formatted("{\"bypass\": \"AzureServices\", \"defaultAction\": \"Allow\"}"));
    Answer closed =
        world.ask(
            "PATCH",
            VAULT + VERSION,
            rules.formatted(
                "{\"defaultAction\": \"Deny\", \"ipRules\": [{\"value\": \"127.0.0.0/8\"}, {\"value\": \"10.0.0.1\"}]}"));

    assertThat(TestWorld.body(open).path("properties").has("networkAcls")).isFalse();
    assertThat(TestWorld.body(closed).at("/properties/networkAcls").toString())
        .isEqualTo(
            "{\"bypass\":\"AzureServices\",\"defaultAction\":\"Deny\",\"ipRules\":[{\"value\":\"127.0.0.0/8\"},{\"value\":\"10.0.0.1/32\"}],\"virtualNetworkRules\":[]}");
    assertThat(vault().network().admits("127.0.0.1")).isTrue();
    assertThat(vault().network().admits("10.0.0.2")).isFalse();
  }

  @Test
  void whatCannotBeTakenBackIsRefused() {
    world.ask("PUT", VAULT + VERSION, BODY);
    String change = "{\"properties\": {%s}}";

    assertThat(patchMessage(change.formatted("\"enablePurgeProtection\": false")))
        .startsWith("The property \"enablePurgeProtection\" cannot be set to false.");
    assertThat(patchMessage(change.formatted("\"enableSoftDelete\": false")))
        .startsWith("The property \"enableSoftDelete\" can be set to false only for creating");
    assertThat(patchMessage(change.formatted("\"softDeleteRetentionInDays\": 30")))
        .isEqualTo(
            "The property \"softDeleteRetentionInDays\" has been set already and it can't be"
                + " modified.");
  }

  private String patchMessage(String body) {
    Answer answer = world.ask("PATCH", VAULT + VERSION, body);
    assertThat(answer.status()).isEqualTo(400);
    return TestWorld.at(answer, "/error/message");
  }

  @Test
  void everyPageNamesANextOneAndTheLastIsEmpty() {
    world.ask("PUT", VAULT + VERSION, BODY);
    world.ask("PUT", VAULT.replace("kv-a", "kv-b") + VERSION, BODY);
    String list = VAULT.substring(0, VAULT.lastIndexOf('/')) + VERSION;

    Answer first = world.ask("GET", list + "&$top=1");
    Answer second = world.ask("GET", next(first));
    Answer third = world.ask("GET", next(second));

    assertThat(TestWorld.at(first, "/value/0/name")).isEqualTo("kv-a");
    assertThat(TestWorld.at(second, "/value/0/name")).isEqualTo("kv-b");
    assertThat(TestWorld.body(third).toString()).isEqualTo("{\"value\":[]}");
  }

  private static String next(Answer page) {
    return TestWorld.at(page, "/nextLink").substring("https://management.azure.com".length());
  }
}
