// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.clock.SandboxClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoleAccessTest {
  private static final String VAULT =
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv";
  private static final String GET = "Microsoft.KeyVault/vaults/secrets/getSecret/action";
  private static final String SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";
  private static final String CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";
  private static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");

  private final SandboxClock clock = new SandboxClock(() -> NOW);
  private final RoleAccess access = new RoleAccess(new Roles(), clock);

  private void assign(String role, String scope, String condition, Instant from) {
    access.add(new Assignment("/a", scope, role, "me", condition, from, Instant.MAX));
  }

  private boolean data(String scope) {
    var wish = new Access.Wish("me", GET, Access.Plane.DATA, scope, Map.of());
    return access.allowing(wish).isPresent();
  }

  private boolean management(String action) {
    var wish = new Access.Wish("me", action, Access.Plane.MANAGEMENT, VAULT, Map.of());
    return access.allowing(wish).isPresent();
  }

  @Test
  void nobodyMayDoAnythingWithoutAnAssignment() {
    assertThat(data(VAULT + "/secrets/a")).isFalse();
  }

  @Test
  void anAssignmentCountsAtItsScopeAndBelowButNotBesideIt() {
    assign(SECRETS_USER, VAULT + "/secrets/a", "", NOW);

    assertThat(data(VAULT.replace("/rg/", "/RG/") + "/secrets/A")).isTrue();
    assertThat(data(VAULT + "/secrets/ab")).isFalse();
    assertThat(data(VAULT)).isFalse();
  }

  @Test
  void theRootIsAboveEverything() {
    assign(SECRETS_USER, "/", "", NOW);

    assertThat(data(VAULT + "/secrets/a")).isTrue();
  }

  @Test
  void dataActionsWaitForThePropagationAndOutliveADeletion() {
    assign(SECRETS_USER, VAULT, "", NOW.plusSeconds(60));

    assertThat(data(VAULT + "/secrets/a")).isFalse();
    clock.advance(Duration.ofSeconds(60));
    assertThat(data(VAULT + "/secrets/a")).isTrue();

    access.end("/a", clock.now().plusSeconds(30));
    assertThat(data(VAULT + "/secrets/a")).isTrue();
    clock.advance(Duration.ofSeconds(30));
    assertThat(data(VAULT + "/secrets/a")).isFalse();
  }

  @Test
  void notActionsTakeAwayWhatAWildcardGives() {
    assign(CONTRIBUTOR, "/subscriptions/s", "", NOW);

    assertThat(management("Microsoft.KeyVault/vaults/write")).isTrue();
    assertThat(management("Microsoft.Authorization/roleAssignments/write")).isFalse();
  }

  @Test
  void managementRightsReadNoSecrets() {
    assign(CONTRIBUTOR, "/subscriptions/s", "", NOW);

    assertThat(data(VAULT + "/secrets/a")).isFalse();
  }

  @Test
  void aConditionThatCannotBeReadAllowsNothing() {
    assign(SECRETS_USER, VAULT, "something new", NOW);

    assertThat(data(VAULT + "/secrets/a")).isFalse();
  }

  @Test
  void aManagementGroupIsAboveTheSubscriptionsAndNotAboveTheTenant() {
    assign(SECRETS_USER, "/providers/Microsoft.Management/managementGroups/mg", "", NOW);

    assertThat(data(VAULT + "/secrets/a")).isTrue();
    assertThat(data("/providers/Microsoft.Management/managementGroups/other")).isFalse();
    assertThat(data("/")).isFalse();
  }

  @Test
  void aConditionMayLookAtTheHour() {
    String until = "@Environment[UtcNow] DateTimeLessThan '2026-09-01T09:00:00Z'";
    assign(SECRETS_USER, VAULT, until, NOW);

    assertThat(data(VAULT + "/secrets/a")).isTrue();
    clock.advance(Duration.ofHours(2));
    assertThat(data(VAULT + "/secrets/a")).isFalse();
  }

  @Test
  void anAssignmentThatMovesLeavesNothingBehind() {
    assign(SECRETS_USER, VAULT, "", NOW);
    assign(SECRETS_USER, "/subscriptions/other", "", NOW);

    assertThat(data(VAULT + "/secrets/a")).isFalse();
    assertThat(access.count("s")).isZero();
    assertThat(access.count("OTHER")).isEqualTo(1);
  }

  @Test
  void aStarBetweenSlashesMayStandForNothing() {
    assign("f1a07417-d97a-45cb-824c-7a7467783830", VAULT, "", NOW);

    assertThat(management("Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"))
        .isTrue();
    assertThat(management("Microsoft.ManagedIdentity/userAssignedIdentities/x/assign/action"))
        .isTrue();
    assertThat(management("Microsoft.ManagedIdentity/userAssignedIdentitiesassign/action"))
        .isFalse();
  }
}
