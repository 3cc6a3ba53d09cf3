// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.azure.fake.FakeWire;
import dev.latchkey.core.port.CallerRights.Held;
import dev.latchkey.core.resource.PermissionSet;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.ResourceId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArmCallerRightsTest {
  private static final PrincipalId CALLER = new PrincipalId("oid-1");
  private static final ResourceId VAULT =
      new ResourceId(
          "/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv-shared");

  private final FakeWire wire = new FakeWire();
  private final ArmCallerRights rights = new ArmCallerRights(FakeArm.over(wire), () -> CALLER);

  @Test
  void tellsOneSetForEachRole() {
    wire.answer(
        200,
        """
        {"value":[
          {"actions":["*"],"notActions":["Microsoft.Authorization/*/Write"],
           "dataActions":[],"notDataActions":[]},
          {"actions":["*/read"],"notActions":[],"condition":"a condition","conditionVersion":"2.0"}]}
        """);

    assertThat(rights.at(VAULT))
        .isEqualTo(
            new Held(
                CALLER,
                List.of(
                    new PermissionSet(List.of("*"), List.of("Microsoft.Authorization/*/Write")),
                    new PermissionSet(List.of("*/read"), List.of()))));
    assertThat(wire.sent.getFirst().uri())
        .hasPath(VAULT.text() + "/providers/Microsoft.Authorization/permissions")
        .hasParameter("api-version", "2022-04-01");
  }

  @Test
  void takesASetThatItDoesNotUnderstandForOneThatMayAllowAnything() {
    wire.answer(
        200,
        """
        {"value":[{"dataActions":["x"]},{"actions":[7]},{"actions":[],"notActions":"none"}]}
        """);

    assertThat(rights.at(VAULT).sets()).hasSize(3).allMatch(set -> set.mayAllow("any/thing"));
  }
}
