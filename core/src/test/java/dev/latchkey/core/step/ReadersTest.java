// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import static dev.latchkey.core.step.Samples.VAULT;
import static dev.latchkey.core.step.Samples.cluster;
import static dev.latchkey.core.step.Samples.identity;
import static dev.latchkey.core.step.Samples.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.plan.Access;
import dev.latchkey.core.plan.Access.Added;
import dev.latchkey.core.plan.Access.Bounds;
import dev.latchkey.core.plan.Access.Other;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.Role;
import dev.latchkey.core.resource.RoleAssignment;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadersTest {
  private static final SecretName PASSWORD = new SecretName("db-password");
  private static final SecretName KEY = new SecretName("payment-api-key");
  private static final String GROUP = "/subscriptions/s-1/resourceGroups/rg-shared";

  @Test
  void namesTheIdentityOfEachClusterThatIsAddedAndItsSecrets() {
    assertThat(access().added())
        .containsExactly(
            new Added(target().name(), "id-orders-aks-weu-1", VAULT, List.of(PASSWORD, KEY)));
  }

  @Test
  void addsOnlyTheSecretsThatAreNotReadableYet() {
    assertThat(access(held("principal-1", secret("db-password"))).added())
        .containsExactly(new Added(target().name(), "id-orders-aks-weu-1", VAULT, List.of(KEY)));
  }

  @Test
  void addsNobodyWhoReadsThemByAnInheritedRoleAlready() {
    assertThat(access(held("principal-1", GROUP)).added()).isEmpty();
  }

  @Test
  void namesOthersWhoReadADeclaredSecretAtWhateverScope() {
    RoleAssignment atSecret = held("stranger", secret("db-password"));
    RoleAssignment above = held("admins", GROUP);

    assertThat(access(atSecret, above).others())
        .containsExactly(
            other("stranger", atSecret, List.of(PASSWORD)),
            other("admins", above, List.of(PASSWORD, KEY)));
  }

  @Test
  void passesOverOtherSecretsAndRolesThatReadNothing() {
    var reader =
        new RoleAssignment(
            "name", GROUP, "/reader", new PrincipalId("x"), "", Optional.empty(), Optional.empty());

    assertThat(access(held("stranger", secret("other")), reader).others()).isEmpty();
  }

  private static String secret(String name) {
    return VAULT.child("secrets", name).text();
  }

  private static RoleAssignment held(String principal, String scope) {
    return new RoleAssignment(
        "of " + principal,
        scope,
        "/providers/Microsoft.Authorization/roleDefinitions/" + Role.KEY_VAULT_SECRETS_USER.guid(),
        new PrincipalId(principal),
        "",
        Optional.empty(),
        Optional.empty());
  }

  private static Other other(String principal, RoleAssignment held, List<SecretName> secrets) {
    return new Other(
        new PrincipalId(principal),
        "Key Vault Secrets User",
        held.scope(),
        held.name(),
        Bounds.NONE,
        VAULT,
        secrets);
  }

  private static Access access(RoleAssignment... assignments) {
    Seen plain = Samples.with(cluster(), Optional.of(identity()), List.of());
    Seen seen =
        new Seen(
            plain.cluster(),
            plain.identity(),
            plain.credentials(),
            plain.vault(),
            List.of(assignments),
            plain.inside(),
            plain.chart(),
            plain.problems());
    var steps = new Steps("https://login.microsoftonline.com/", "probe");
    return steps
        .plan(new Fleet("orders", List.of(target())), new Snapshot(Map.of(target().name(), seen)))
        .access();
  }
}
