// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConditionTest {
  private static final String WRITE = "Microsoft.Authorization/roleAssignments/write";
  private static final String USER_ROLE = "4633458b-17de-408a-b874-0445c86b69e6";
  private static final String DELEGATION =
      """
      ((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'}))
       OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {4633458b-17de-408a-b874-0445c86b69e6}
           AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}))
      """;
  private static final String NAMES =
      """
      (!(ActionMatches{'Microsoft.KeyVault/vaults/secrets/getSecret/action'}) OR
       (@Resource[Microsoft.KeyVault/vaults/secrets:name] StringEquals 'db-password' OR
        @Resource[Microsoft.KeyVault/vaults/secrets:name] StringEquals 'key'))
      """;
  private static final String GET = "Microsoft.KeyVault/vaults/secrets/getSecret/action";

  private static boolean fulfilled(String text, String action, Map<String, String> attributes) {
    return Condition.read(text).orElseThrow().fulfilled(action, attributes);
  }

  private static Map<String, String> request(String role, String type) {
    return Map.of(
        "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]", role,
        "@Request[Microsoft.Authorization/roleAssignments:PrincipalType]", type);
  }

  @Test
  void delegationLetsTheNamedRolePassAndNoOther() {
    assertThat(fulfilled(DELEGATION, WRITE, request(USER_ROLE, "serviceprincipal"))).isTrue();
    assertThat(
            fulfilled(
                DELEGATION,
                WRITE,
                request("00482a5a-887f-4fb3-b363-3b7fe8e74483", "ServicePrincipal")))
        .isFalse();
    assertThat(fulfilled(DELEGATION, WRITE, request(USER_ROLE, "User"))).isFalse();
  }

  @Test
  void aConditionSaysNothingOfOtherActions() {
    assertThat(fulfilled(DELEGATION, "Microsoft.Authorization/roleAssignments/read", Map.of()))
        .isTrue();
  }

  @Test
  void secretNamesAreComparedWithCase() {
    assertThat(fulfilled(NAMES, GET, Map.of("Microsoft.KeyVault/vaults/secrets:name", "key")))
        .isTrue();
    assertThat(fulfilled(NAMES, GET, Map.of("Microsoft.KeyVault/vaults/secrets:name", "KEY")))
        .isFalse();
    assertThat(fulfilled(NAMES, GET, Map.of())).isFalse();
  }

  @Test
  void whatIsUnknownCannotBeRead() {
    assertThat(Condition.read("@Principal[x] StringEquals 'a'")).isEmpty();
    assertThat(Condition.read("@Resource[x] DateTimeGreaterThan '2026'")).isEmpty();
    assertThat(Condition.read("(ActionMatches{'a'}")).isEmpty();
    assertThat(Condition.read("ActionMatches{'a'} nonsense")).isEmpty();
  }
}
