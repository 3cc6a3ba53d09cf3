// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.cluster.TestWorld;
import dev.latchkey.sandbox.message.Answer;
import org.junit.jupiter.api.Test;

class SecretScopesTest {
  private static final String VAULT =
      TestWorld.GROUP + "/providers/Microsoft.KeyVault/vaults/kv-shared";
  private static final String SECRET = VAULT + "/secrets/db-password";
  private static final String ASSIGNMENT =
      "/providers/Microsoft.Authorization/roleAssignments/66666666-6666-4666-8666-666666666661?api-version=2022-04-01";

  private static TestWorld world(UnknownSecretScopes unknown) {
    var world = TestWorld.where(unknown);
    world.azure.addVault(
        TestWorld.SUBSCRIPTION, "rg-weu", "kv-shared", "westeurope", Vault.PermissionModel.ROLES);
    return world;
  }

  private static Answer give(TestWorld world, String scope) {
    return world.ask(
        "PUT",
        scope + ASSIGNMENT,
        """
        {"properties": {"roleDefinitionId": "4633458b-17de-408a-b874-0445c86b69e6", "principalId": "%s"}}
        """
            .formatted(TestWorld.OWNER));
  }

  @Test
  void aRoleAtASecretThatDoesNotExistYetIsGivenWhereThatIsAccepted() {
    assertThat(give(world(UnknownSecretScopes.ACCEPTED), SECRET).status()).isEqualTo(201);
  }

  @Test
  void aRoleAtASecretThatDoesNotExistIsRefusedAsAnyUnknownScopeWhereThatIsNot() {
    var world = world(UnknownSecretScopes.REFUSED);

    Answer refused = give(world, SECRET);

    assertThat(refused.status()).isEqualTo(404);
    assertThat(TestWorld.code(refused)).isEqualTo("ResourceNotFound");
    assertThat(TestWorld.at(refused, "/error/message"))
        .startsWith("The Resource 'Microsoft.KeyVault/vaults/")
        .contains("db-password' under resource group 'rg-weu' was not found.");
  }

  @Test
  void aSecretThatIsThereAndItsVaultAreScopesEitherWay() {
    var world = world(UnknownSecretScopes.REFUSED);
    world.ask(
        "PUT",
        SECRET + "?api-version=2023-07-01",
        "{\"properties\": {\"value\": \"made by the test\"}}");

    assertThat(give(world, SECRET.replace("db-p", "DB-P")).status()).isEqualTo(201);
    assertThat(world.ask("DELETE", SECRET + ASSIGNMENT).status()).isEqualTo(200);
    assertThat(give(world, VAULT).status()).isEqualTo(201);
  }
}
