// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.access.Access;
import dev.latchkey.sandbox.cluster.TestWorld;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.vault.Vault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoleAssignmentsTest {
  private static final String SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";
  private static final String FIRST = "66666666-6666-4666-8666-666666666661";
  private static final String SECOND = "66666666-6666-4666-8666-666666666662";
  private static final String VAULT =
      TestWorld.GROUP + "/providers/Microsoft.KeyVault/vaults/kv-shared";
  private static final String SECRET = VAULT + "/secrets/db-password";

  private final TestWorld world = TestWorld.slow();
  private String principal = "";

  @BeforeEach
  void aVaultAndANewIdentity() {
    world.azure.addVault(
        TestWorld.SUBSCRIPTION, "rg-weu", "kv-shared", "westeurope", Vault.PermissionModel.ROLES);
    Answer identity =
        world.ask(
            "PUT",
            TestWorld.GROUP
                + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-a?api-version=2024-11-30",
            "{\"location\": \"westeurope\"}");
    principal = TestWorld.at(identity, "/properties/principalId");
  }

  private static String url(String scope, String name) {
    return scope
        + "/providers/Microsoft.Authorization/roleAssignments/"
        + name
        + "?api-version=2022-04-01";
  }

  private String body(String more) {
    return """
        {"properties": {"roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/%s", "principalId": "%s"%s}}
        """
        .formatted(SECRETS_USER, principal, more);
  }

  private String typed() {
    return body(", \"principalType\": \"ServicePrincipal\"");
  }

  @Test
  void aNewPrincipalIsUnknownUnlessItsTypeIsSaid() {
    Answer refused = world.ask("PUT", url(SECRET, FIRST), body(""));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(TestWorld.at(refused, "/error/message")).contains(principal.replace("-", ""));
    assertThat(world.ask("PUT", url(SECRET, FIRST), typed()).status()).isEqualTo(201);
    world.later(Duration.ofSeconds(30));
    assertThat(world.ask("PUT", url(VAULT, SECOND), body("")).status()).isEqualTo(201);
  }

  @Test
  void theSameTrioUnderAnotherNameExistsAlready() {
    world.ask("PUT", url(SECRET, FIRST), typed());

    Answer answer = world.ask("PUT", url(SECRET, SECOND), typed());

    assertThat(answer.status()).isEqualTo(409);
    assertThat(TestWorld.code(answer)).isEqualTo("RoleAssignmentExists");
  }

  @Test
  void aNameIsNeverUsedForAnotherTrio() {
    world.ask("PUT", url(SECRET, FIRST), typed());

    assertThat(TestWorld.code(world.ask("PUT", url(VAULT, FIRST), typed())))
        .isEqualTo("RoleAssignmentUpdateNotPermitted");
    assertThat(world.ask("PUT", url(SECRET, FIRST), typed()).status()).isEqualTo(201);
  }

  @Test
  void theDataPlaneHonoursItAfterALag() {
    world.ask("PUT", url(SECRET, FIRST), typed());
    var wish =
        new Access.Wish(
            principal,
            "Microsoft.KeyVault/vaults/secrets/getSecret/action",
            Access.Plane.DATA,
            SECRET,
            Map.of());

    assertThat(world.azure.access().allowing(wish)).isEmpty();
    world.later(Duration.ofMinutes(2));
    assertThat(world.azure.access().allowing(wish)).isPresent();
    world.ask("DELETE", url(SECRET, FIRST));
    assertThat(world.azure.access().allowing(wish)).isPresent();
    world.later(Duration.ofMinutes(2));
    assertThat(world.azure.access().allowing(wish)).isEmpty();
  }

  @Test
  void aListAtTheVaultHoldsSecretsBelowItUnlessOnlyTheScopeIsAskedFor() {
    world.ask("PUT", url(SECRET, FIRST), typed());
    String list =
        VAULT + "/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01";
    String mine = list + "&$filter=principalId eq '" + principal + "'";

    assertThat(TestWorld.at(world.ask("GET", mine), "/value/0/name")).isEqualTo(FIRST);
    assertThat(TestWorld.body(world.ask("GET", mine + " and atScope()")).path("value")).isEmpty();
    assertThat(TestWorld.body(world.ask("GET", list + "&$filter=atScope()")).path("value"))
        .hasSize(1);
  }

  @Test
  void deletingReturnsTheAssignmentAndLaterNothing() {
    world.ask("PUT", url(SECRET, FIRST), typed());

    assertThat(TestWorld.at(world.ask("DELETE", url(SECRET, FIRST)), "/name")).isEqualTo(FIRST);
    assertThat(world.ask("DELETE", url(SECRET, FIRST)).status()).isEqualTo(204);
    assertThat(TestWorld.code(world.ask("GET", url(SECRET, FIRST))))
        .isEqualTo("RoleAssignmentNotFound");
  }

  @Test
  void aDelegatedAdministratorMayGrantOnlyTheVaultsRoles() {
    world.azure.assign(
        "44444444-4444-4444-8444-444444444444", "8b54135c-b56d-4d72-a534-26097cfdc8d8", VAULT);
    String owner = typed().replace(SECRETS_USER, TestWorld.OWNER_ROLE);

    assertThat(
            world
                .askAs("44444444-4444-4444-8444-444444444444", "PUT", url(VAULT, SECOND), owner)
                .status())
        .isEqualTo(403);
    assertThat(
            world
                .askAs("44444444-4444-4444-8444-444444444444", "PUT", url(VAULT, FIRST), typed())
                .status())
        .isEqualTo(201);
  }

  @Test
  void aRoleIsFoundByItsNameWithoutCase() {
    Answer answer =
        world.ask(
            "GET",
            VAULT
                + "/providers/Microsoft.Authorization/roleDefinitions?api-version=2022-04-01&$filter=roleName eq 'key vault secrets user'");

    assertThat(TestWorld.at(answer, "/value/0/name")).isEqualTo(SECRETS_USER);
  }

  @Test
  void permissionsShowTheConditionUnderWhichTheyHold() {
    world.azure.assign(principal, "8b54135c-b56d-4d72-a534-26097cfdc8d8", VAULT);
    String url = VAULT + "/providers/Microsoft.Authorization/permissions?api-version=";

    Answer answer = world.askAs(principal, "GET", url + "2022-04-01", "");

    assertThat(TestWorld.at(answer, "/value/0/actions/0"))
        .isEqualTo("Microsoft.Authorization/roleAssignments/write");
    assertThat(TestWorld.at(answer, "/value/0/condition")).contains("ForAnyOfAnyValues:GuidEquals");
    Answer old = world.askAs(principal, "GET", url + "2015-07-01", "");
    assertThat(TestWorld.body(old).at("/value/0").propertyNames())
        .containsExactly("actions", "notActions");
  }

  @Test
  void everybodyMaySeeItsOwnPermissions() {
    Answer answer =
        world.ask(
            "GET", VAULT + "/providers/Microsoft.Authorization/permissions?api-version=2022-04-01");

    assertThat(TestWorld.at(answer, "/value/0/actions/0")).isEqualTo("*");
  }

  @Test
  void anAssignmentMayBeDescribedAnewAndKeepsItsFirstDate() {
    world.ask("PUT", url(SECRET, FIRST), typed());
    String created = TestWorld.at(world.ask("GET", url(SECRET, FIRST)), "/properties/createdOn");
    world.later(Duration.ofMinutes(5));

    Answer again =
        world.ask(
            "PUT",
            url(SECRET, FIRST),
            body(", \"principalType\": \"ServicePrincipal\", \"description\": \"why\""));

    assertThat(again.status()).isEqualTo(201);
    assertThat(TestWorld.body(again).at("/properties/createdBy").isNull()).isTrue();
    Answer read = world.ask("GET", url(SECRET, FIRST));
    assertThat(TestWorld.at(read, "/properties/description")).isEqualTo("why");
    assertThat(TestWorld.at(read, "/properties/createdOn")).isEqualTo(created);
    assertThat(TestWorld.at(read, "/properties/createdBy")).isEqualTo(TestWorld.OWNER);
  }

  @Test
  void anAssignmentThatIsWrittenAgainIsHonouredMeanwhile() {
    world.ask("PUT", url(SECRET, FIRST), typed());
    world.later(Duration.ofMinutes(2));
    world.ask("PUT", url(SECRET, FIRST), typed());
    var wish =
        new Access.Wish(
            principal,
            "Microsoft.KeyVault/vaults/secrets/getSecret/action",
            Access.Plane.DATA,
            SECRET,
            Map.of());

    assertThat(world.azure.access().allowing(wish)).isPresent();
  }

  @Test
  void theTypeOfAPrincipalMustFit() {
    Answer answer = world.ask("PUT", url(SECRET, FIRST), body(", \"principalType\": \"User\""));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestWorld.code(answer)).isEqualTo("UnmatchedPrincipalType");
  }

  @Test
  void aConditionMustBeReadable() {
    String more = ", \"principalType\": \"ServicePrincipal\", \"condition\": \"%s\"%s";
    String fine = "@Resource[Microsoft.KeyVault/vaults/secrets:name] StringEquals 'a'";

    assertThat(
            TestWorld.at(
                world.ask("PUT", url(SECRET, FIRST), body(more.formatted("nonsense", ""))),
                "/error/message"))
        .isEqualTo("The given role assignment condition is invalid.");
    assertThat(
            world
                .ask(
                    "PUT",
                    url(SECRET, FIRST),
                    body(more.formatted(fine, ", \"conditionVersion\": \"1.0\"")))
                .status())
        .isEqualTo(400);
    assertThat(
            world
                .ask(
                    "PUT",
                    url(SECRET, FIRST),
                    body(more.formatted(fine, ", \"conditionVersion\": \"2.0\"")))
                .status())
        .isEqualTo(201);
  }

  @Test
  void olderVersionsKnowLessOfAnAssignment() {
    world.ask("PUT", url(SECRET, FIRST), typed());

    Answer old = world.ask("GET", url(SECRET, FIRST).replace("2022-04-01", "2018-09-01-preview"));

    assertThat(TestWorld.body(old).path("properties").propertyNames())
        .containsExactly(
            "roleDefinitionId",
            "principalId",
            "principalType",
            "scope",
            "createdOn",
            "updatedOn",
            "createdBy",
            "updatedBy");
  }

  @Test
  void aListNamesRolesByTheSubscriptionThatIsAsked() {
    world.azure.assign(principal, SECRETS_USER, "/");
    String filter = "&$filter=principalId eq '" + principal + "'";

    Answer list =
        world.ask(
            "GET",
            VAULT
                + "/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01"
                + filter);

    assertThat(TestWorld.at(list, "/value/0/properties/roleDefinitionId"))
        .isEqualTo(
            "/subscriptions/"
                + TestWorld.SUBSCRIPTION
                + "/providers/Microsoft.Authorization/roleDefinitions/"
                + SECRETS_USER);
  }
}
