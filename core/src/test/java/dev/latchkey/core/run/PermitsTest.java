// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.VaultAccess.Means;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Providers;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.PermissionSet;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.RoleAssignment;
import dev.latchkey.core.step.Samples;
import dev.latchkey.core.step.StepProblem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the caller may not do is known before anything is written.
class PermitsTest {
  private static final PermissionSet CONTRIBUTOR =
      new PermissionSet(List.of("*"), List.of("Microsoft.Authorization/*/Write"));
  private static final PermissionSet READER = new PermissionSet(List.of("*/read"), List.of());

  private final World world = new World("aks-weu-1", "aks-neu-1");
  private final Fleet fleet = RunnerTest.fleet("aks-weu-1", "aks-neu-1");

  @Test
  void nothingIsWrittenWhereNoRoleOfTheCallersLetsItAssignRoles() throws InterruptedException {
    hold(CONTRIBUTOR, READER);

    List<ClusterResult> clusters = runner().deploy(fleet).clusters();

    Problem missing =
        new AzureProblem.RightMissing(
            "Assigning roles at `kv-shared`",
            "Microsoft.Authorization/roleAssignments/write",
            Samples.VAULT,
            new PrincipalId("pipeline"));
    assertThat(clusters)
        .extracting(ClusterResult::problems)
        .allSatisfy(
            problems ->
                assertThat(problems).hasSize(1).containsEntry(Step.KEY_VAULT_ACCESS, missing));
    assertThat(world.writes).isEmpty();
    assertThat(runner().plan(fleet).plan().access().added()).isEmpty();
  }

  @Test
  void asksOnceForAVaultAndNotAtAllWhereNothingChanges() throws InterruptedException {
    runner().deploy(fleet);
    assertThat(world.reads).containsOnlyOnce("rights at kv-shared");
    world.reads.clear();

    runner().deploy(fleet);

    assertThat(world.reads).doesNotContain("rights at kv-shared");
  }

  @Test
  void asksForNoRightToAssignRolesWhereAPolicyIsWritten() throws InterruptedException {
    hold(CONTRIBUTOR);

    runner()
        .plan(
            new Fleet(
                "orders", List.of(Samples.target("aks-weu-1", Management.ALL, Means.POLICY))));

    assertThat(world.reads).doesNotContain("rights at kv-shared");
  }

  @Test
  void oneRoleThatMayIsEnough() throws InterruptedException {
    hold(
        CONTRIBUTOR,
        new PermissionSet(List.of("Microsoft.Authorization/roleAssignments/*"), List.of()));

    assertThat(runner().deploy(fleet).complete()).isTrue();
  }

  /// Whoever holds nothing could not have read the vault.
  @Test
  void anAnswerWithoutRolesIsNotBelieved() throws InterruptedException {
    hold();

    assertThat(runner().deploy(fleet).complete()).isTrue();
  }

  @Test
  void goesOnWhereNobodyMayLook() throws InterruptedException {
    hold(READER);
    world.lookRefused =
        Optional.of(
            new AzureProblem.Refused("Reading", new AzureAnswer(500, "Broken", "no", "c-1")));

    assertThat(runner().deploy(fleet).complete()).isTrue();
  }

  /// Somebody may be allowed to assign roles at the secrets alone.
  @Test
  void goesOnWhereAnUnknownRoleIsHeldAtASecret() throws InterruptedException {
    hold(READER);
    world.roles.put(
        "others",
        new RoleAssignment(
            "others",
            Samples.VAULT.child("secrets", "db-password").text(),
            "/providers/Microsoft.Authorization/roleDefinitions/f58310d9",
            new PrincipalId("somebody"),
            "",
            Optional.empty(),
            Optional.empty()));

    assertThat(runner().deploy(fleet).complete()).isTrue();
  }

  @Test
  void nothingIsWrittenWhereTheSubscriptionMayHaveNoIdentities() throws InterruptedException {
    world.registration = Providers.Registration.MISSING;

    List<ClusterResult> clusters = runner().deploy(fleet).clusters();

    var missing = new StepProblem.ProviderNotRegistered("s-1", "Microsoft.ManagedIdentity");
    assertThat(clusters)
        .extracting(ClusterResult::problems)
        .allSatisfy(
            problems ->
                assertThat(problems).hasSize(1).containsEntry(Step.MANAGED_IDENTITY, missing));
    assertThat(world.writes).isEmpty();
  }

  @Test
  void asksOnceForTheRegistrationAndNotAtAllWhereTheIdentitiesAreThere()
      throws InterruptedException {
    String look = "registration of s-1 for Microsoft.ManagedIdentity";
    runner().deploy(fleet);
    assertThat(world.reads).containsOnlyOnce(look);
    world.reads.clear();
    world.credentials.clear();

    runner().deploy(fleet);

    assertThat(world.reads).doesNotContain(look);
  }

  @Test
  void bothAreToldWhereBothAreMissing() throws InterruptedException {
    hold(CONTRIBUTOR);
    world.registration = Providers.Registration.MISSING;

    ClusterResult cluster = runner().deploy(fleet).clusters().getFirst();

    assertThat(cluster.problems().keySet())
        .containsExactlyInAnyOrder(Step.MANAGED_IDENTITY, Step.KEY_VAULT_ACCESS);
  }

  private void hold(PermissionSet... sets) {
    world.permissions.clear();
    world.permissions.addAll(List.of(sets));
  }

  private Runner runner() {
    return new Runner(world.ports(), Limits.azure(), RunnerTest.STEPS, List.of());
  }
}
