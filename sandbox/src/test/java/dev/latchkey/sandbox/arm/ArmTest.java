// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.cluster.TestWorld;
import dev.latchkey.sandbox.limit.Throttling;
import dev.latchkey.sandbox.message.Answer;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArmTest {
  private static final String GROUP = TestWorld.GROUP + "?api-version=2021-04-01";
  private static final String IDENTITIES =
      TestWorld.GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities";
  private static final String VERSION = "?api-version=2024-11-30";
  private static final String STRANGER = "33333333-3333-4333-8333-333333333333";

  private final TestWorld world = TestWorld.instant();

  @Test
  void aRequestWithoutTokenLearnsWhereToGetOne() {
    Answer answer = world.send("", "GET", GROUP, "");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(TestWorld.code(answer)).isEqualTo("AuthenticationFailed");
    assertThat(answer.headers().get("www-authenticate"))
        .contains("authorization_uri=\"https://login.windows.net/" + TestWorld.TENANT);
  }

  @Test
  void twoSlashesAreOne() {
    assertThat(world.ask("GET", "/" + GROUP).status()).isEqualTo(200);
  }

  @Test
  void anExpiredTokenIsRefused() {
    String token =
        TestWorld.token(TestWorld.OWNER, "https://management.azure.com/", world.clock.now());

    assertThat(TestWorld.code(world.send(token, "GET", GROUP, "")))
        .isEqualTo("ExpiredAuthenticationToken");
  }

  @Test
  void aTokenForAnotherServiceOrWithAnotherSignatureIsRefused() {
    String vault =
        TestWorld.token(
            TestWorld.OWNER, "https://vault.azure.net", world.clock.now().plusSeconds(60));
    String arm =
        TestWorld.token(
            TestWorld.OWNER, "https://management.azure.com", world.clock.now().plusSeconds(60));
    String forged =
        arm.substring(0, arm.lastIndexOf('.')) + vault.substring(vault.lastIndexOf('.'));

    assertThat(world.send(vault, "GET", GROUP, "").status()).isEqualTo(401);
    assertThat(world.send(forged, "GET", GROUP, "").status()).isEqualTo(401);
    assertThat(world.send(arm, "GET", GROUP, "").status()).isEqualTo(200);
  }

  @Test
  void versionTypeAndProviderAreCheckedBeforeRights() {
    assertThat(TestWorld.code(world.askAs(STRANGER, "GET", TestWorld.GROUP, "")))
        .isEqualTo("MissingApiVersionParameter");
    assertThat(TestWorld.code(world.ask("GET", TestWorld.GROUP + "?api-version=1999-01-01")))
        .isEqualTo("InvalidApiVersionParameter");
    assertThat(
            TestWorld.code(
                world.ask(
                    "GET", TestWorld.GROUP + "/providers/Microsoft.KeyVault/safes/a" + VERSION)))
        .isEqualTo("InvalidResourceType");
    assertThat(
            TestWorld.code(
                world.ask("GET", TestWorld.GROUP + "/providers/Contoso.Things/a/b" + VERSION)))
        .isEqualTo("InvalidResourceNamespace");
  }

  @Test
  void aStrangerIsToldTheActionAndTheScope() {
    Answer answer = world.askAs(STRANGER, "PUT", IDENTITIES + "/id-a" + VERSION, "{}");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(TestWorld.at(answer, "/error/message"))
        .contains("with object id '" + STRANGER + "'")
        .contains("action 'Microsoft.ManagedIdentity/userAssignedIdentities/write'")
        .contains("over scope '" + IDENTITIES + "/id-a'");
  }

  @Test
  void whatIsMissingIsNamedFromTheOutsideIn() {
    String elsewhere = IDENTITIES.replace("rg-weu", "rg-none");
    String child = IDENTITIES + "/none/federatedIdentityCredentials/fic";

    assertThat(TestWorld.code(world.ask("GET", elsewhere + "/a" + VERSION)))
        .isEqualTo("ResourceGroupNotFound");
    assertThat(TestWorld.code(world.ask("GET", child + VERSION)))
        .isEqualTo("ParentResourceNotFound");
    Answer answer = world.ask("GET", IDENTITIES + "/none" + VERSION);
    assertThat(TestWorld.code(answer)).isEqualTo("ResourceNotFound");
    assertThat(answer.headers()).containsEntry("x-ms-failure-cause", "gateway");
  }

  @Test
  void everyAnswerCarriesIdsAndEchoesTheClientsOwn() {
    Answer answer = world.with("x-ms-client-request-id", "mine").ask("GET", GROUP);

    assertThat(answer.headers())
        .containsKeys("x-ms-request-id", "x-ms-correlation-request-id", "x-ms-routing-request-id")
        .containsEntry("x-ms-client-request-id", "mine");
  }

  @Test
  void listsComeInPages() {
    for (String name : new String[] {"id-a", "id-b", "id-c"}) {
      world.ask("PUT", IDENTITIES + "/" + name + VERSION, "{\"location\": \"westeurope\"}");
    }

    Answer first = world.ask("GET", IDENTITIES + VERSION + "&$top=2");
    assertThat(TestWorld.body(first).path("value")).hasSize(2);
    String next =
        TestWorld.at(first, "/nextLink").substring("https://management.azure.com".length());
    Answer second = world.ask("GET", next.replace("%24", "$"));
    assertThat(TestWorld.at(second, "/value/0/name")).isEqualTo("id-c");
    assertThat(TestWorld.body(second).has("nextLink")).isFalse();
  }

  @Test
  void resourcesAreFoundByTypeAndName() {
    world.ask("PUT", IDENTITIES + "/id-a" + VERSION, "{\"location\": \"westeurope\"}");
    String url =
        "/subscriptions/" + TestWorld.SUBSCRIPTION + "/resources?api-version=2021-04-01&$filter=";

    Answer found =
        world.ask(
            "GET",
            url
                + "resourceType eq 'Microsoft.ManagedIdentity/userAssignedIdentities' and name eq"
                + " 'id-a'");
    Answer other = world.ask("GET", url + "resourceType eq 'Microsoft.KeyVault/vaults'");

    assertThat(TestWorld.at(found, "/value/0/id")).contains("/resourceGroups/rg-weu/");
    assertThat(TestWorld.body(other).path("value")).isEmpty();
  }

  @Test
  void aDeletedGroupGoesLaterAndTakesItsResourcesAlong() {
    var slow = TestWorld.slow();
    slow.ask("PUT", IDENTITIES + "/id-a" + VERSION, "{\"location\": \"westeurope\"}");

    Answer answer = slow.ask("DELETE", GROUP);
    String poll =
        String.valueOf(answer.headers().get("location"))
            .substring("https://management.azure.com".length());

    assertThat(answer.status()).isEqualTo(202);
    assertThat(TestWorld.at(slow.ask("GET", GROUP), "/properties/provisioningState"))
        .isEqualTo("Deleting");
    assertThat(slow.ask("GET", poll).status()).isEqualTo(202);
    slow.later(Duration.ofMinutes(2));
    assertThat(slow.ask("GET", poll).status()).isEqualTo(200);
    assertThat(slow.ask("HEAD", GROUP).status()).isEqualTo(404);
    assertThat(slow.directory.all()).hasSize(1);
  }

  @Test
  void aGroupThatIsThereAnswersHeadWith204() {
    assertThat(world.ask("HEAD", GROUP).status()).isEqualTo(204);
  }

  @Test
  void theCloudIsOpenToAll() {
    Answer answer = world.send("", "GET", "/metadata/endpoints?api-version=2022-09-01", "");

    assertThat(TestWorld.at(answer, "/suffixes/keyVaultDns")).isEqualTo("vault.azure.net");
    assertThat(TestWorld.at(answer, "/authentication/loginEndpoint"))
        .isEqualTo("https://login.microsoftonline.com");
  }

  @Test
  void subscriptionsAreShownToThoseWhoHoldARole() {
    assertThat(
            TestWorld.body(world.ask("GET", "/subscriptions?api-version=2022-12-01")).path("value"))
        .hasSize(1);
    assertThat(
            TestWorld.body(
                    world.askAs(STRANGER, "GET", "/subscriptions?api-version=2022-12-01", ""))
                .path("value"))
        .isEmpty();
  }

  @Test
  void anEmptyBucketAnswers429AndFillsAgain() {
    var throttled = new TestWorld(Pace.INSTANT, Throttling.AZURE);
    for (int i = 0; i < 250; i++) {
      throttled.ask("GET", GROUP);
    }

    Answer answer = throttled.ask("GET", GROUP);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.headers()).containsEntry("Retry-After", "1");
    assertThat(TestWorld.code(answer)).isEqualTo("SubscriptionRequestsThrottled");
    throttled.later(Duration.ofSeconds(1));
    assertThat(throttled.ask("GET", GROUP).headers())
        .containsEntry("x-ms-ratelimit-remaining-subscription-reads", "24");
  }

  @Test
  void aBodyThatIsNoObjectIsRefused() {
    assertThat(TestWorld.code(world.ask("PUT", IDENTITIES + "/id-a" + VERSION, "nonsense")))
        .isEqualTo("InvalidRequestContent");
  }

  @Test
  void aGroupIsKeptWhereTheShortNameOfItsRegionSays() {
    Answer answer =
        world.ask(
            "PUT",
            TestWorld.GROUP + "-new?api-version=2021-04-01",
            "{\"location\": \"West Europe\"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(TestWorld.at(answer, "/location")).isEqualTo("westeurope");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rg*a | {'location': 'westeurope'} | InvalidResourceGroup",
        "rg.  | {'location': 'westeurope'} | InvalidResourceGroup",
        "rg   | {}                         | LocationRequired",
        "rg   | {'location': 'nowhere'}    | LocationNotAvailableForResourceGroup"
      })
  void aGroupThatCannotBeIsRefused(String name, String body, String code) {
    String group = TestWorld.GROUP.replace("rg-weu", name) + "?api-version=2021-04-01";

    Answer answer = world.ask("PUT", group, body.replace('\'', '"'));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestWorld.code(answer)).isEqualTo(code);
  }

  @Test
  void nothingIsMadeInAGroupThatIsBeingDeleted() {
    var slow = TestWorld.slow();
    slow.ask("DELETE", GROUP);

    Answer inside =
        slow.ask("PUT", IDENTITIES + "/id-a" + VERSION, "{\"location\": \"westeurope\"}");
    Answer itself = slow.ask("PUT", GROUP, "{\"location\": \"westeurope\"}");

    assertThat(TestWorld.code(inside)).isEqualTo("ResourceGroupBeingDeleted");
    assertThat(itself.status()).isEqualTo(409);
  }

  @Test
  void aTokenOfAnotherTenantIsToldWhichTenantItMustBe() {
    String token =
        TestWorld.token(
            "44444444-4444-4444-8444-444444444444",
            TestWorld.OWNER,
            "https://management.azure.com/",
            world.clock.now().plusSeconds(60));

    Answer answer = world.send(token, "GET", GROUP, "");

    assertThat(TestWorld.code(answer)).isEqualTo("InvalidAuthenticationTokenTenant");
    assertThat(TestWorld.at(answer, "/error/message"))
        .startsWith(
            "The access token is from the wrong issuer"
                + " 'https://sts.windows.net/44444444-4444-4444-8444-444444444444/'. It must match"
                + " the tenant 'https://sts.windows.net/"
                + TestWorld.TENANT);
  }

  @Test
  void aListOfGroupsHoldsThoseThatTheCallerMayRead() {
    String reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
    String groups = "/subscriptions/" + TestWorld.SUBSCRIPTION + "/resourceGroups";
    world.azure.addGroup(TestWorld.SUBSCRIPTION, "rg-other", "westeurope");
    String list = groups + "?api-version=2021-04-01";

    assertThat(world.askAs(STRANGER, "GET", list, "").status()).isEqualTo(403);
    world.azure.assign(STRANGER, reader, TestWorld.GROUP);
    Answer seen = world.askAs(STRANGER, "GET", list, "");
    assertThat(TestWorld.body(seen).path("value")).hasSize(1);
    assertThat(TestWorld.at(seen, "/value/0/name")).isEqualTo("rg-weu");
    assertThat(TestWorld.body(world.ask("GET", list)).path("value")).hasSize(2);
  }

  @Test
  void aListOfResourcesHoldsThoseThatTheCallerMayRead() {
    String operator = "f1a07417-d97a-45cb-824c-7a7467783830";
    world.ask("PUT", IDENTITIES + "/id-a" + VERSION, "{\"location\": \"westeurope\"}");
    world.ask("PUT", IDENTITIES + "/id-b" + VERSION, "{\"location\": \"westeurope\"}");
    world.azure.assign(STRANGER, operator, IDENTITIES + "/id-a");

    Answer seen =
        world.askAs(
            STRANGER,
            "GET",
            "/subscriptions/" + TestWorld.SUBSCRIPTION + "/resources?api-version=2021-04-01",
            "");

    assertThat(TestWorld.body(seen).path("value")).hasSize(1);
    assertThat(TestWorld.at(seen, "/value/0/name")).isEqualTo("id-a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "location eq 'northeurope'                       | id-b",
        "resourceGroup eq 'RG-WEU'                       | id-a",
        "tagName eq 'env'                                | id-b id-a",
        "tagName eq 'env' and tagValue eq 'prod'         | id-b",
        "name eq 'id-a' and tagName eq 'env'             | id-a",
        "tagName eq 'none'                               | ''"
      })
  void resourcesAreFoundByPlaceAndTag(String filter, String names) {
    world.azure.addGroup(TestWorld.SUBSCRIPTION, "rg-neu", "northeurope");
    identity("rg-weu", "id-a", "westeurope", "test");
    identity("rg-neu", "id-b", "northeurope", "prod");

    Answer found = world.ask("GET", RESOURCES + "&$filter=" + filter);

    assertThat(names(found)).isEqualTo(names);
  }

  @Test
  void resourcesComeInPagesToo() {
    identity("rg-weu", "id-a", "westeurope", "test");
    identity("rg-weu", "id-b", "westeurope", "test");

    Answer first = world.ask("GET", RESOURCES + "&$top=1");

    assertThat(names(first)).isEqualTo("id-a");
    assertThat(TestWorld.at(first, "/nextLink")).contains("/resources?");
  }

  private static final String RESOURCES =
      "/subscriptions/" + TestWorld.SUBSCRIPTION + "/resources?api-version=2021-04-01";

  private void identity(String group, String name, String location, String env) {
    world.ask(
        "PUT",
        IDENTITIES.replace("rg-weu", group) + "/" + name + VERSION,
        "{\"location\": \"%s\", \"tags\": {\"env\": \"%s\"}}".formatted(location, env));
  }

  private static String names(Answer answer) {
    return TestWorld.body(answer)
        .path("value")
        .valueStream()
        .map(each -> each.path("name").asString(""))
        .collect(Collectors.joining(" "));
  }
}
