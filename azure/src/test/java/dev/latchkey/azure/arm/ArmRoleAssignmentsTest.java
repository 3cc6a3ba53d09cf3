// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.azure.fake.FakeWire;
import dev.latchkey.core.port.RoleAssignments.Made;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.RoleAssignment;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArmRoleAssignmentsTest {
  private static final ResourceId SECRET =
      ResourceId.vault("s", "rg", "kv").child("secrets", "db-password");

  private final FakeWire wire = new FakeWire();
  private final ArmRoleAssignments assignments = new ArmRoleAssignments(FakeArm.over(wire));

  @Test
  void alwaysSaysThatThePrincipalIsAServicePrincipal() {
    wire.answer(201, "{}");

    assertThat(assignments.create(wanted(Optional.empty()))).isEqualTo(Made.CREATED);

    assertThat(wire.sent.getFirst().body())
        .isEqualTo(
            "{\"properties\":{\"roleDefinitionId\":\"/role\",\"principalId\":\"p\","
                + "\"principalType\":\"ServicePrincipal\",\"description\":\"why\"}}");
    assertThat(wire.sent.getFirst().uri().getPath())
        .isEqualTo(SECRET + "/providers/Microsoft.Authorization/roleAssignments/name");
  }

  @Test
  void sendsAConditionWithItsVersion() {
    wire.answer(201, "{}");

    assignments.create(wanted(Optional.of("@Resource")));

    assertThat(wire.sent.getFirst().body())
        .contains("\"condition\":\"@Resource\",\"conditionVersion\":\"2.0\"");
  }

  @Test
  void isContentWhenTheSameAssignmentIsThereAlready() {
    wire.answer(409, "{\"error\":{\"code\":\"RoleAssignmentExists\",\"message\":\"m\"}}");

    assertThat(assignments.create(wanted(Optional.empty()))).isEqualTo(Made.EXISTED);
  }

  @Test
  void countsWhatTheSubscriptionHoldsAndNotWhatItInherits() {
    wire.answer(
        200,
        """
        {"value":[
          {"properties":{"scope":"/"}},
          {"properties":{"scope":"/providers/Microsoft.Management/managementGroups/all"}},
          {"properties":{"scope":"/subscriptions/S"}},
          {"properties":{"scope":"/subscriptions/s2"}},
          {"properties":{"scope":"/subscriptions/s/resourceGroups/rg"}}]}
        """);

    assertThat(assignments.count("s")).isEqualTo(2);
  }

  @Test
  void isNotContentWithAnyOtherConflict() {
    wire.answer(409, "{\"error\":{\"code\":\"ScopeLocked\",\"message\":\"m\"}}");

    assertThatThrownBy(() -> assignments.create(wanted(Optional.empty())))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void readsConditionsAndMoments() {
    wire.answer(
        200,
        """
        {"value":[{"name":"n","properties":{"scope":"/subscriptions/s","roleDefinitionId":"/role",
          "principalId":"p","description":null,"condition":null,
          "createdOn":"2026-01-01T00:00:00.1234567Z"}}]}
        """);

    assertThat(assignments.at(SECRET))
        .containsExactly(
            new RoleAssignment(
                "n",
                "/subscriptions/s",
                "/role",
                new PrincipalId("p"),
                "",
                Optional.empty(),
                Optional.of(Instant.parse("2026-01-01T00:00:00.1234567Z"))));
  }

  private static RoleAssignment wanted(Optional<String> condition) {
    return new RoleAssignment(
        "name", SECRET.text(), "/role", new PrincipalId("p"), "why", condition, Optional.empty());
  }
}
