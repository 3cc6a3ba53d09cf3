// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.cluster.TestWorld;
import dev.latchkey.sandbox.message.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the gateway says of versions, types and providers that it does not serve.
class ProvidersTest {
  private static final String SUBSCRIPTION = "/subscriptions/" + TestWorld.SUBSCRIPTION;
  private static final String VERSION = "?api-version=2021-04-01";
  private static final String IDENTITY =
      TestWorld.GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-a";
  private static final String ACCOUNT =
      TestWorld.GROUP + "/providers/Microsoft.Storage/storageAccounts/stg";

  private final TestWorld world = TestWorld.slow();

  @Test
  void armNamesItsOwnVersionsNewestFirst() {
    Answer answer = world.ask("GET", TestWorld.GROUP + "?api-version=2021-03-01");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestWorld.code(answer)).isEqualTo("InvalidApiVersionParameter");
    assertThat(TestWorld.at(answer, "/error/message"))
        .startsWith("The api-version '2021-03-01' is invalid. The supported versions are '2025-")
        .endsWith(",2014-04-01,2014-01-01,2013-03-01,2014-02-26,2014-04'.");
  }

  @Test
  void aVersionThatATypeDoesNotSpeakIsAnsweredByTypeWhereNoRegionIsKnown() {
    Answer answer =
        world.ask(
            "GET",
            SUBSCRIPTION
                + "/providers/Microsoft.Authorization/roleAssignments?api-version=2018-06-01");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(TestWorld.at(answer, "/error/message"))
        .startsWith(
            "The resource type 'roleAssignments' could not be found in the namespace"
                + " 'Microsoft.Authorization' for api version '2018-06-01'. The supported"
                + " api-versions are '");
  }

  @Test
  void aVersionThatATypeDoesNotSpeakIsAnsweredByRegionWhereOneIsSent() {
    Answer answer =
        world.ask("PUT", IDENTITY + "?api-version=2019-01-01", "{\"location\": \"westeurope\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestWorld.code(answer)).isEqualTo("NoRegisteredProviderFound");
    assertThat(TestWorld.at(answer, "/error/message"))
        .startsWith(
            "No registered resource provider found for location 'westeurope' and API version"
                + " '2019-01-01' for type 'userAssignedIdentities'. The supported api-versions are")
        .contains("2018-11-30, ")
        .contains("The supported locations are 'eastus, ");
  }

  @Test
  void aTypeThatItsProviderDoesNotHaveIsNamedSo() {
    Answer answer =
        world.ask("GET", TestWorld.GROUP + "/providers/Microsoft.KeyVault/safes/a" + VERSION);

    assertThat(TestWorld.at(answer, "/error/message"))
        .isEqualTo(
            "The resource type could not be found in the namespace 'Microsoft.KeyVault' for api"
                + " version '2021-04-01'.");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 404, ResourceNotFound",
    "PUT, 409, MissingSubscriptionRegistration",
    "PATCH, 404, ResourceNotFound"
  })
  void aTypeThatIsNotSimulatedExistsWithoutResources(String method, int status, String code) {
    Answer answer = world.ask(method, ACCOUNT + VERSION, "{\"location\": \"westeurope\"}");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(TestWorld.code(answer)).isEqualTo(code);
  }

  @Test
  void aDeletionInsideAGroupThatIsGoneIsNotQuiet() {
    assertThat(world.ask("DELETE", ACCOUNT + VERSION).status()).isEqualTo(204);
    assertThat(TestWorld.code(world.ask("DELETE", ACCOUNT.replace("rg-weu", "rg-none") + VERSION)))
        .isEqualTo("ResourceGroupNotFound");
  }

  @Test
  void aSubscriptionIsRegisteredForWhatIsSimulated() {
    Answer answer = world.ask("GET", SUBSCRIPTION + "/providers/microsoft.keyvault" + VERSION);

    assertThat(TestWorld.at(answer, "/namespace")).isEqualTo("Microsoft.KeyVault");
    assertThat(TestWorld.at(answer, "/registrationState")).isEqualTo("Registered");
    assertThat(TestWorld.body(answer).path("resourceTypes").valueStream())
        .extracting(type -> type.path("resourceType").asString(""))
        .contains("vaults", "vaults/secrets");
  }

  @Test
  void aRegistrationTakesAWhile() {
    String search = SUBSCRIPTION + "/providers/Microsoft.Search";
    assertThat(TestWorld.at(world.ask("GET", search + VERSION), "/registrationState"))
        .isEqualTo("NotRegistered");

    Answer answer = world.ask("POST", search + "/register" + VERSION, "");

    assertThat(TestWorld.at(answer, "/registrationState")).isEqualTo("Registering");
    world.later(Duration.ofMinutes(1));
    assertThat(TestWorld.at(world.ask("GET", search + VERSION), "/registrationState"))
        .isEqualTo("Registered");
  }

  @Test
  void whoRegistersGetsNoFurtherThanTheSandboxGoes() {
    world.ask("POST", SUBSCRIPTION + "/providers/Microsoft.Storage/register" + VERSION, "");
    world.later(Duration.ofMinutes(1));

    Answer answer = world.ask("PUT", ACCOUNT + VERSION, "{\"location\": \"westeurope\"}");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(TestWorld.at(answer, "/error/message"))
        .isEqualTo(
            "Resource 'stg' was disallowed by Azure: the sandbox does not simulate"
                + " 'Microsoft.Storage/storageAccounts'.");
  }

  @Test
  void aProviderThatNobodyKnowsCannotBeRegistered() {
    assertThat(
            TestWorld.code(
                world.ask(
                    "POST", SUBSCRIPTION + "/providers/Contoso.Things/register" + VERSION, "")))
        .isEqualTo("InvalidResourceNamespace");
  }

  @Test
  void regionsAreListedWithTheirPairs() {
    Answer answer = world.ask("GET", SUBSCRIPTION + "/locations?api-version=2022-12-01");

    assertThat(TestWorld.body(answer).path("value").valueStream())
        .filteredOn(region -> region.path("name").asString("").equals("westeurope"))
        .singleElement()
        .satisfies(
            region ->
                assertThat(region.at("/metadata/pairedRegion/0/name").asString(""))
                    .isEqualTo("northeurope"));
  }

  @Test
  void aDisturbedRequestIsAnsweredByTheGatewayAndTheNextIsNot() {
    world.azure.disturbances().add(new Disturbance.NoAnswer());
    world
        .azure
        .disturbances()
        .add(new Disturbance.ActionThrottled(50, Duration.ofMinutes(5), Duration.ofSeconds(372)));

    Answer late = world.ask("GET", IDENTITY + "?api-version=2023-01-31");
    Answer throttled = world.ask("GET", IDENTITY + "?api-version=2023-01-31");

    assertThat(late.status()).isEqualTo(504);
    assertThat(TestWorld.code(late)).isEqualTo("GatewayTimeout");
    assertThat(throttled.headers()).containsEntry("Retry-After", "372");
    assertThat(TestWorld.at(throttled, "/error/message"))
        .isEqualTo(
            "Number of requests for action"
                + " 'Microsoft.ManagedIdentity/userAssignedIdentities/read' exceeded the limit of"
                + " '50' for time interval '00:05:00'. Please try again after '372' seconds.");
    assertThat(world.ask("GET", IDENTITY + "?api-version=2023-01-31").status()).isEqualTo(404);
  }
}
