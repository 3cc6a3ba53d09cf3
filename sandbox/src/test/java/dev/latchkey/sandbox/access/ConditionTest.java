// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(Condition.read("@Other[x] StringEquals 'a'")).isEmpty();
    assertThat(Condition.read("@Resource[x] SoundsLike 'a'")).isEmpty();
    assertThat(Condition.read("@Resource[x] ForMost:StringEquals {'a'}")).isEmpty();
    assertThat(Condition.read("@Resource[x] StringEquals {'a', 'b'}")).isEmpty();
    assertThat(Condition.read("(ActionMatches{'a'}")).isEmpty();
    assertThat(Condition.read("!nonsense ActionMatches{'a'}")).isEmpty();
    assertThat(Condition.read("ActionMatches{'a'} nonsense")).isEmpty();
  }

  @Test
  void nestingBeyondReasonIsRefusedAndNotSuffered() {
    String deep = "(".repeat(4000) + "ActionMatches{'a'}" + ")".repeat(4000);

    assertThat(Condition.read(deep)).isEmpty();
    assertThat(Condition.read("!".repeat(8000) + "ActionMatches{'a'}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          @Resource[a] stringequals 'Some'                            | true
          @Resource[a] StringNotEquals 'Some'                         | false
          @Resource[a] StringEqualsIgnoreCase 'SOME'                  | true
          @Resource[a] StringStartsWith 'So'                          | true
          @Resource[a] StringNotStartsWithIgnoreCase 'so'             | false
          @Resource[a] StringLike 'S*e'                               | true
          @Resource[a] StringLike 's*'                                | false
          @Resource[a] StringLikeIgnoreCase 's??e'                    | true
          @Resource[a] StringNotLike 'x*'                             | true
          @Resource[n] NumericGreaterThanEquals 7                     | true
          @Resource[n] NumericLessThan 7                              | false
          @Resource[n] NumericEquals '7.0'                            | true
          @Resource[a] NumericNotEquals 7                             | false
          @Resource[b] BoolEquals true                                | true
          @Resource[d] DateTimeLessThan '2026-01-02T00:00:00.0Z'      | true
          @Resource[d] DateTimeGreaterThan '2026-01-01T01:00:00+02:00'| true
          @Resource[a] StringEquals @Request[a]                       | true
          Exists @Resource[a]                                         | true
          Not Exists @Resource[missing]                               | true
          @Resource[missing] StringNotEquals 'x'                      | false
          @Resource[a] ForAnyOfAnyValues:StringEquals {'x', 'Some'}   | true
          @Resource[a] ForAllOfAnyValues:StringEquals {'x', 'Some'}   | true
          @Resource[a] ForAnyOfAllValues:StringNotEquals {'x', 'y'}   | true
          @Resource[a] ForAnyOfAllValues:StringNotEquals {'x', 'Some'}| false
          @Resource[a] ForAllOfAllValues:StringNotEquals {'x', 'y'}   | true
          SubOperationMatches{'Blob.List'} OR ActionMatches{'any/*'}  | true
          """)
  void comparesAsTheLanguageSays(String condition, boolean holds) {
    var attributes =
        Map.of(
            "a", "Some", "n", "7", "b", "True", "d", "2026-01-01T00:00:00Z", "@request[a]", "Some");

    assertThat(fulfilled(condition, "any/thing", attributes)).isEqualTo(holds);
  }
}
