// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionSetTest {
  private static final String WRITE = "Microsoft.Authorization/roleAssignments/write";

  @ParameterizedTest(name = "{0} without {1}: {2}")
  @CsvSource({
    "Microsoft.Authorization/roleAssignments/write, none, true",
    "microsoft.authorization/ROLEASSIGNMENTS/write, none, true",
    "*, none, true",
    "*/write, none, true",
    "Microsoft.Authorization/*/Write, none, true",
    "Microsoft.Authorization/*, Microsoft.Authorization/roleAssignments/delete, true",
    "*, Microsoft.Authorization/*/Write, false",
    "*, *, false",
    "*/read, none, false",
    "Microsoft.Authorization/roleAssignments/writes, none, false",
    "MicrosoftXAuthorization/roleAssignments/write, none, false",
    "Microsoft.Authorization/roleAssignments, none, false"
  })
  void aWildcardStandsForAnyCharactersAndCaseForNothing(
      String action, String notAction, boolean allowed) {
    assertThat(new PermissionSet(List.of(action), List.of(notAction)).mayAllow(WRITE))
        .isEqualTo(allowed);
  }
}
