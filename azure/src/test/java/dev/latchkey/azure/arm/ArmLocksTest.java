// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.azure.fake.FakeWire;
import dev.latchkey.core.resource.Lock;
import org.junit.jupiter.api.Test;

class ArmLocksTest {
  private final FakeWire wire = new FakeWire();
  private final ArmLocks locks = new ArmLocks(FakeArm.over(wire));

  @Test
  void tellsTheLocksThatForbidEveryChangeWithTheirScope() {
    wire.answer(
        200,
        """
        {"value":[
          {"id":"/subscriptions/s/providers/Microsoft.Authorization/locks/keep",
           "properties":{"level":"CanNotDelete"}},
          {"id":"/subscriptions/s/resourceGroups/rg/providers/microsoft.authorization/locks/frozen",
           "properties":{"level":"ReadOnly"}}]}
        """);

    assertThat(locks.readOnly("s"))
        .containsExactly(
            new Lock(
                "/subscriptions/s/resourceGroups/rg/providers/microsoft.authorization/locks/frozen",
                "/subscriptions/s/resourceGroups/rg"));
    assertThat(wire.sent.getFirst().uri().getPath())
        .isEqualTo("/subscriptions/s/providers/Microsoft.Authorization/locks");
  }
}
