// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import static dev.latchkey.core.step.Samples.VAULT;
import static dev.latchkey.core.step.Samples.cluster;
import static dev.latchkey.core.step.Samples.identity;
import static dev.latchkey.core.step.Samples.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.VaultAccess.Means;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.Role;
import dev.latchkey.core.resource.RoleAssignment;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.snapshot.Seen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyVaultAccessStepTest {
  private final KeyVaultAccessStep step = new KeyVaultAccessStep();

  @Test
  void grantsEachDeclaredSecretAndNothingElse() {
    StepPlan plan = step.plan(target(), seen(Vault.Model.ROLES));

    assertThat(plan.changes())
        .allMatch(Change.Create.class::isInstance)
        .extracting(change -> change.thing().name())
        .containsExactly(
            "Key Vault Secrets User on kv-shared/secrets/db-password",
            "Key Vault Secrets User on kv-shared/secrets/payment-api-key");
  }

  @Test
  void keepsWhatTheIdentityHoldsAlreadyWhateverTheCase() {
    String scope = VAULT.child("secrets", "db-password").text().replace("Groups", "groups");

    StepPlan plan = step.plan(target(), seen(Vault.Model.ROLES, held(scope, "PRINCIPAL-1")));

    assertThat(plan.changes().getFirst()).isInstanceOf(Change.Keep.class);
    assertThat(plan.changes().getLast()).isInstanceOf(Change.Create.class);
  }

  @Test
  void doesNotMistakeAnotherClustersRightsForOurs() {
    String scope = VAULT.child("secrets", "db-password").text();

    StepPlan plan = step.plan(target(), seen(Vault.Model.ROLES, held(scope, "principal-2")));

    assertThat(plan.changes()).allMatch(Change.Create.class::isInstance);
  }

  @Test
  void refusesAVaultThatCannotNameSecretsUnlessTheFileAcceptsIt() {
    assertThat(step.plan(target(), seen(Vault.Model.POLICIES)).obstacle())
        .contains(new StepProblem.VaultObeysPolicies(VAULT));

    assertThat(
            step.plan(target(Management.ALL, Means.POLICY), seen(Vault.Model.POLICIES)).obstacle())
        .isEmpty();
  }

  @Test
  void refusesAPolicyThatWouldHaveNoEffect() {
    assertThat(step.plan(target(Management.ALL, Means.POLICY), seen(Vault.Model.ROLES)).obstacle())
        .contains(new StepProblem.VaultObeysRoles(VAULT));
  }

  private static RoleAssignment held(String scope, String principal) {
    return new RoleAssignment(
        "name",
        scope,
        "/providers/Microsoft.Authorization/roleDefinitions/" + Role.KEY_VAULT_SECRETS_USER.guid(),
        new PrincipalId(principal),
        "",
        Optional.empty(),
        Optional.empty());
  }

  private static Seen seen(Vault.Model model, RoleAssignment... assignments) {
    return new Seen(
        Optional.of(cluster()),
        Optional.of(identity()),
        List.of(),
        Optional.of(Samples.vault(model)),
        List.of(assignments),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }
}
