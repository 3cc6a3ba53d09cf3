// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import static dev.latchkey.core.step.Samples.VAULT;
import static dev.latchkey.core.step.Samples.cluster;
import static dev.latchkey.core.step.Samples.identity;
import static dev.latchkey.core.step.Samples.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.VaultAccess.Means;
import dev.latchkey.core.plan.Because;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Value;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.Role;
import dev.latchkey.core.resource.RoleAssignment;
import dev.latchkey.core.resource.SecretCondition;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.snapshot.Seen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyVaultAccessStepTest {
  private static final Thing ON_CONDITION =
      new Thing(Thing.Kind.ROLE_ASSIGNMENT, "Key Vault Secrets User on kv-shared, on condition");

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

  @Test
  void grantsAllSecretsAtOnceOnACondition() {
    StepPlan plan = step.plan(conditional(), seen(Vault.Model.ROLES));

    assertThat(plan.changes())
        .containsExactly(
            new Change.Create(
                ON_CONDITION, Settings.of("secrets", Value.of("db-password, payment-api-key"))));
  }

  @Test
  void keepsAConditionThatSomebodyBrokeIntoLines() {
    String lines = condition("payment-api-key", "db-password").replace(" OR ", "\n  OR\n  ");

    StepPlan plan = step.plan(conditional(), seen(Vault.Model.ROLES, ours(Optional.of(lines))));

    assertThat(plan.changes()).containsExactly(new Change.Keep(ON_CONDITION));
  }

  @Test
  void tellsWhichSecretsAConditionNamedBeforeAndWillNameAfter() {
    StepPlan plan =
        step.plan(
            conditional(), seen(Vault.Model.ROLES, ours(Optional.of(condition("db-password")))));

    assertThat(plan.changes())
        .containsExactly(
            new Change.Update(
                ON_CONDITION,
                Settings.of("secrets", Value.of("db-password")),
                Settings.of("secrets", Value.of("db-password, payment-api-key")),
                ""));
  }

  @Test
  void putsBackAConditionThatSomebodyTookAway() {
    StepPlan plan = step.plan(conditional(), seen(Vault.Model.ROLES, ours(Optional.empty())));

    assertThat(plan.changes())
        .containsExactly(
            new Change.Update(
                ON_CONDITION,
                Settings.of("secrets", Value.of("all, without a condition")),
                Settings.of("secrets", Value.of("db-password, payment-api-key")),
                Because.drift("somebody changed the condition"),
                ""));
  }

  @Test
  void leavesTheAssignmentOfOthersAtTheVaultToThem() {
    assertThat(
            step.plan(conditional(), seen(Vault.Model.ROLES, held(VAULT.text(), "principal-1")))
                .obstacle())
        .contains(new StepProblem.AccessOfOthers(VAULT, "name", "all, without a condition"));
  }

  @Test
  void namesTheAssignmentsPerSecretThatAConditionMakesNeedless() {
    String scope = VAULT.child("secrets", "db-password").text();
    RoleAssignment earlier =
        SecretsUser.wanted(
            target(),
            VAULT.child("secrets", "db-password"),
            identity().principal(),
            Optional.empty());

    StepPlan plan = step.plan(conditional(), seen(Vault.Model.ROLES, earlier));

    assertThat(plan.findings())
        .singleElement()
        .asString()
        .contains(
            "what an earlier run assigned: Key Vault Secrets User on kv-shared/secrets/db-password")
        .endsWith(
            "az role assignment delete --ids %s/providers/Microsoft.Authorization/roleAssignments/%s"
                .formatted(scope, earlier.name()));
    assertThat(step.plan(target(), seen(Vault.Model.ROLES, earlier)).findings()).isEmpty();
  }

  private static Target conditional() {
    return target(Management.ALL, Means.CONDITION);
  }

  private static String condition(String... secrets) {
    return SecretCondition.of(Stream.of(secrets).map(SecretName::new).toList());
  }

  private static RoleAssignment ours(Optional<String> condition) {
    return SecretsUser.wanted(target(), VAULT, identity().principal(), condition);
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
