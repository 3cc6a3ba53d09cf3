// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.azure.fake.FakeWire;
import dev.latchkey.core.resource.ClientId;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.Tags;
import dev.latchkey.core.resource.TenantId;
import dev.latchkey.core.resource.Vault;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArmVaultsTest {
  private static final ResourceId ID = ResourceId.vault("s", "rg", "kv");

  private final FakeWire wire = new FakeWire();
  private final ArmVaults vaults = new ArmVaults(FakeArm.over(wire));

  @Test
  void namesWhoMayGetSecretsByPolicyWhateverTheCapitals() {
    wire.answer(
        200,
        """
        {"properties":{"vaultUri":"https://kv.vault.azure.net","tenantId":"t","accessPolicies":[
          {"objectId":"one","permissions":{"secrets":["List","Get"]}},
          {"objectId":"two","permissions":{"secrets":["set"]}},
          {"objectId":"three","permissions":{"secrets":["all"]}}]}}
        """);

    assertThat(vaults.find(ID))
        .contains(
            new Vault(
                ID,
                "https://kv.vault.azure.net/",
                new TenantId("t"),
                Vault.Model.POLICIES,
                List.of(new PrincipalId("one"), new PrincipalId("three"))));
  }

  @Test
  void asksForTheNamesOfSecretsOneByOne() {
    wire.answer(200, "{}");
    wire.answer(404, "{\"error\":{\"code\":\"ResourceNotFound\",\"message\":\"none\"}}");

    assertThat(vaults.missing(ID, List.of(new SecretName("one"), new SecretName("two"))))
        .containsExactly(new SecretName("two"));
    assertThat(wire.sent.getFirst().uri().getPath()).isEqualTo(ID + "/secrets/one");
  }

  @Test
  void addsAPolicyWithoutTouchingTheOthers() {
    wire.answer(200, "{}");
    var identity =
        new ManagedIdentity(
            ResourceId.identity("s", "rg", "id"),
            "l",
            new TenantId("t"),
            new PrincipalId("p"),
            new ClientId("c"),
            Tags.none());

    vaults.allowGetOfSecrets(ID, identity);

    assertThat(wire.sent.getFirst().uri().getPath()).isEqualTo(ID + "/accessPolicies/add");
    assertThat(wire.sent.getFirst().body())
        .isEqualTo(
            "{\"properties\":{\"accessPolicies\":[{\"tenantId\":\"t\",\"objectId\":\"p\","
                + "\"permissions\":{\"secrets\":[\"get\"]}}]}}");
  }
}
