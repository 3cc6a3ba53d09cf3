// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoleAssignmentNameTest {
  private static final ResourceId SCOPE =
      ResourceId.vault("s-1", "rg", "kv").child("secrets", "db-password");
  private static final String ROLE = Role.KEY_VAULT_SECRETS_USER.guid();

  @Test
  void isANameBasedGuidThatStaysTheSame() {
    String name = RoleAssignmentName.of(SCOPE, ROLE, new PrincipalId("p-1"));

    assertThat(UUID.fromString(name).version()).isEqualTo(5);
    assertThat(RoleAssignmentName.of(SCOPE, ROLE, new PrincipalId("P-1"))).isEqualTo(name);
  }

  @Test
  void changesWithThePrincipalSoThatARemadeIdentityIsNotLockedOut() {
    assertThat(RoleAssignmentName.of(SCOPE, ROLE, new PrincipalId("p-1")))
        .isNotEqualTo(RoleAssignmentName.of(SCOPE, ROLE, new PrincipalId("p-2")));
  }
}
