// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.cluster.TestWorld;
import dev.latchkey.sandbox.message.Answer;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoleDefinitionsTest {
  private static final String ROLE = "88888888-0000-4000-8000-000000000001";
  private static final String OTHER = "88888888-0000-4000-8000-000000000002";
  private static final String STRANGER = "44444444-4444-4444-8444-444444444444";
  private static final String SUBSCRIPTION = "/subscriptions/" + TestWorld.SUBSCRIPTION;
  private static final String DEFINITIONS =
      SUBSCRIPTION + "/providers/Microsoft.Authorization/roleDefinitions";

  private final TestWorld world = TestWorld.slow();

  private static String url(String guid) {
    return DEFINITIONS + "/" + guid + "?api-version=2022-04-01";
  }

  private static String body(String name, String action, String scope) {
    return """
        {"properties": {"roleName": "%s", "description": "", "permissions": [{"actions": ["%s"]}], "assignableScopes": ["%s"]}}
        """
        .formatted(name, action, scope);
  }

  private Answer put(String guid, String name) {
    return world.ask("PUT", url(guid), body(name, "Microsoft.KeyVault/vaults/read", SUBSCRIPTION));
  }

  private static String assignment(String scope) {
    return scope
        + "/providers/Microsoft.Authorization/roleAssignments/"
        + OTHER
        + "?api-version=2022-04-01";
  }

  private Answer give(String guid, String scope) {
    return world.ask(
        "PUT",
        assignment(scope),
        "{\"properties\": {\"roleDefinitionId\": \"%s\", \"principalId\": \"%s\"}}"
            .formatted(guid, TestWorld.OWNER));
  }

  @Test
  void aCustomRoleRemembersWhoWroteItAndWhen() {
    Answer first = put(ROLE, "mine");
    world.later(Duration.ofMinutes(1));
    put(ROLE, "mine still");

    assertThat(TestWorld.body(first).at("/properties/createdBy").isNull()).isTrue();
    assertThat(TestWorld.at(first, "/properties/updatedBy")).isEqualTo(TestWorld.OWNER);
    Answer read = world.ask("GET", url(ROLE));
    assertThat(TestWorld.at(read, "/properties/roleName")).isEqualTo("mine still");
    assertThat(TestWorld.at(read, "/properties/createdBy")).isEqualTo(TestWorld.OWNER);
    assertThat(TestWorld.at(read, "/properties/createdOn"))
        .isEqualTo(TestWorld.at(first, "/properties/createdOn"));
  }

  @Test
  void aCustomRoleDecidesWhatItsHolderMayDo() {
    put(ROLE, "vault reader");
    world.azure.assign(STRANGER, ROLE, SUBSCRIPTION);
    String vaults = TestWorld.GROUP + "/providers/Microsoft.KeyVault/vaults";

    assertThat(world.askAs(STRANGER, "GET", vaults + "?api-version=2023-07-01", "").status())
        .isEqualTo(200);
    assertThat(world.askAs(STRANGER, "DELETE", vaults + "/kv?api-version=2023-07-01", "").status())
        .isEqualTo(403);
  }

  @Test
  void aRoleThatIsGivenCannotBeDeleted() {
    put(ROLE, "mine");
    give(ROLE, SUBSCRIPTION);

    assertThat(TestWorld.code(world.ask("DELETE", url(ROLE))))
        .isEqualTo("RoleDefinitionHasAssignments");
    world.ask("DELETE", assignment(SUBSCRIPTION));
    assertThat(world.ask("DELETE", url(ROLE)).status()).isEqualTo(200);
    assertThat(TestWorld.at(world.ask("GET", url(ROLE)), "/error/message"))
        .isEqualTo(
            "The specified role definition with ID '88888888000040008000000000000001' does not exist.");
  }

  @Test
  void aNameIsTakenOnce() {
    put(ROLE, "mine");

    Answer second = put(OTHER, "Mine");

    assertThat(second.status()).isEqualTo(409);
    assertThat(TestWorld.code(second)).isEqualTo("RoleDefinitionWithSameNameExists");
  }

  @Test
  void aCustomRoleIsUnknownBesideItsScopes() {
    world.ask("PUT", url(ROLE), body("group's", "*/read", TestWorld.GROUP));

    assertThat(TestWorld.code(give(ROLE, SUBSCRIPTION))).isEqualTo("RoleDefinitionDoesNotExist");
    assertThat(give(ROLE, TestWorld.GROUP).status()).isEqualTo(201);
    String custom = DEFINITIONS + "?api-version=2022-04-01&$filter=type eq 'CustomRole'";
    assertThat(TestWorld.body(world.ask("GET", custom)).path("value")).isEmpty();
    assertThat(TestWorld.body(world.ask("GET", custom + " and atScopeAndBelow()")).path("value"))
        .hasSize(1);
  }

  @Test
  void aCustomRoleNeedsTheRightWhereverItMayBeAssigned() {
    Answer answer =
        world.ask("PUT", url(ROLE), body("wide", "*/read", "/subscriptions/" + new UUID(0, 9)));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(TestWorld.code(answer)).isEqualTo("LinkedAuthorizationFailed");
    assertThat(TestWorld.at(answer, "/error/message"))
        .contains(
            "it does not have permission to perform action(s) 'Microsoft.Authorization/roleDefinitions/write' on the linked scope(s) '/subscriptions/00000000-0000-0000-0000-000000000009' (respectively) or the linked scope(s) are invalid.");
  }
}
