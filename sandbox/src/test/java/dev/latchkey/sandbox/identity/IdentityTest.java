// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.cluster.TestWorld;
import dev.latchkey.sandbox.limit.Throttling;
import dev.latchkey.sandbox.message.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityTest {
  private static final String IDENTITY =
      TestWorld.GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-orders";
  private static final String VERSION = "?api-version=2024-11-30";

  private final TestWorld world = TestWorld.slow();

  private Answer identity() {
    return world.ask("PUT", IDENTITY + VERSION, "{\"location\": \"westeurope\"}");
  }

  private static String credential(String name) {
    return IDENTITY + "/federatedIdentityCredentials/" + name + VERSION;
  }

  private static String trust(String subject) {
    return """
        {"properties": {"issuer": "https://issuer/", "subject": "%s", "audiences": ["api://AzureADTokenExchange"]}}
        """
        .formatted(subject);
  }

  @Test
  void anIdentityIsThereAtOnceAndItsPrincipalLater() {
    Answer answer = identity();

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.headers().get("location")).startsWith("/subscriptions/");
    String principal = TestWorld.at(answer, "/properties/principalId");
    assertThat(world.directory.byObjectId(principal))
        .hasValueSatisfying(found -> assertThat(found.visibleFrom()).isAfter(world.clock.now()));
    assertThat(identity().status()).isEqualTo(200);
  }

  @Test
  void oneIdentityIsWrittenOnceInFourSecondsItsCredentialsIncluded() {
    var throttled = new TestWorld(Pace.INSTANT, Throttling.AZURE);
    throttled.ask("PUT", IDENTITY + VERSION, "{\"location\": \"westeurope\"}");

    Answer early = throttled.ask("PUT", credential("first"), trust("a"));
    assertThat(early.status()).isEqualTo(429);
    assertThat(early.headers()).containsEntry("Retry-After", "4");
    throttled.later(Duration.ofSeconds(4));
    assertThat(throttled.ask("PUT", credential("first"), trust("a")).status()).isEqualTo(201);
  }

  @Test
  void oneIdentityIsReadOnceInTwoSecondsAndItsCredentialsListedOnceInFour() {
    var throttled = new TestWorld(Pace.INSTANT, Throttling.AZURE);
    String credentials = IDENTITY + "/federatedIdentityCredentials" + VERSION;
    throttled.ask("GET", IDENTITY + VERSION);
    throttled.ask("GET", credentials);

    assertThat(throttled.ask("GET", IDENTITY + VERSION).headers())
        .containsEntry("Retry-After", "2");
    assertThat(throttled.ask("GET", credentials).headers()).containsEntry("Retry-After", "4");
  }

  @Test
  void aPatchOfTagsReplacesThem() {
    identity();

    Answer answer = world.ask("PATCH", IDENTITY + VERSION, "{\"tags\": {\"a\": \"b\"}}");

    assertThat(TestWorld.at(answer, "/tags/a")).isEqualTo("b");
  }

  @Test
  void aDeletedIdentityTakesItsPrincipalAndCredentialsAlong() {
    String principal = TestWorld.at(identity(), "/properties/principalId");
    world.ask("PUT", credential("first"), trust("a"));

    assertThat(world.ask("DELETE", IDENTITY + VERSION).status()).isEqualTo(200);

    assertThat(world.directory.byObjectId(principal)).isEmpty();
    assertThat(world.azure.credentials().of(IDENTITY)).isEmpty();
    assertThat(TestWorld.code(world.ask("GET", credential("first"))))
        .isEqualTo("ParentResourceNotFound");
  }

  @Test
  void entraHonoursACredentialFromItsDateAndADeletedOneUntilItsDate() {
    identity();
    world.ask("PUT", credential("first"), trust("a"));

    Credential written = world.azure.credentials().of(IDENTITY).getFirst();
    assertThat(written.honouredAt(world.clock.now())).isFalse();
    world.later(Duration.ofSeconds(15));
    assertThat(written.honouredAt(world.clock.now())).isTrue();

    world.ask("DELETE", credential("first"));
    List<Credential> deleted = world.azure.credentials().of(IDENTITY);
    assertThat(deleted).hasSize(1);
    assertThat(deleted.getFirst().honouredAt(world.clock.now())).isTrue();
    world.later(Duration.ofSeconds(15));
    assertThat(world.azure.credentials().of(IDENTITY)).isEmpty();
  }

  @Test
  void aReplacedCredentialCountsUntilTheNewOneDoes() {
    identity();
    world.ask("PUT", credential("first"), trust("a"));
    world.later(Duration.ofSeconds(15));

    assertThat(world.ask("PUT", credential("first"), trust("b")).status()).isEqualTo(200);

    assertThat(world.azure.credentials().of(IDENTITY))
        .filteredOn(one -> one.honouredAt(world.clock.now()))
        .extracting(Credential::subject)
        .containsExactly("a");
    world.later(Duration.ofSeconds(15));
    assertThat(world.azure.credentials().of(IDENTITY))
        .extracting(Credential::subject)
        .containsExactly("b");
  }

  @Test
  void twoCredentialsCannotTrustTheSameIssuerAndSubject() {
    identity();
    world.ask("PUT", credential("first"), trust("a"));

    Answer answer = world.ask("PUT", credential("second"), trust("a"));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(TestWorld.at(answer, "/error/message"))
        .startsWith("Issuer and subject combination already exists");
  }

  @Test
  void subjectsThatDifferInCaseAreTwoSubjects() {
    identity();
    world.ask("PUT", credential("first"), trust("a"));

    assertThat(world.ask("PUT", credential("second"), trust("A")).status()).isEqualTo(201);
  }

  @Test
  void theTwentyFirstCredentialIsRefused() {
    identity();
    for (int i = 0; i < 20; i++) {
      assertThat(world.ask("PUT", credential("name-" + i), trust("s" + i)).status()).isEqualTo(201);
    }

    assertThat(world.ask("PUT", credential("name-20"), trust("s20")).status()).isEqualTo(400);
    assertThat(world.ask("PUT", credential("name-19"), trust("s20")).status()).isEqualTo(200);
  }

  @Test
  void aCredentialHasOneAudienceAValidNameAndAllItsProperties() {
    identity();
    String two = trust("a").replace("[\"api", "[\"other\", \"api");

    assertThat(TestWorld.at(world.ask("PUT", credential("first"), two), "/error/message"))
        .contains("exactly one audience");
    assertThat(TestWorld.at(world.ask("PUT", credential("ab"), trust("a")), "/error/message"))
        .contains("'ab' is invalid");
    assertThat(TestWorld.at(world.ask("PUT", credential("first"), trust("")), "/error/message"))
        .contains("empty properties");
  }

  @Test
  void aWriteWhileAnotherRunsOnTheSameIdentityIsRefused() {
    identity();

    try (CredentialWrites.Permit _ = world.azure.credentialWrites().begin(IDENTITY).orElseThrow()) {
      Answer answer = world.ask("PUT", credential("first"), trust("a"));
      assertThat(answer.status()).isEqualTo(409);
      assertThat(TestWorld.code(answer))
          .isEqualTo("ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity");
    }

    assertThat(world.ask("PUT", credential("first"), trust("a")).status()).isEqualTo(201);
  }

  @Test
  void anIdentityKnowsWhatItIsAssignedTo() {
    identity();
    String cluster =
        TestWorld.GROUP + "/providers/Microsoft.ContainerService/managedClusters/aks-a";
    world.ask(
        "PUT",
        cluster + "?api-version=2024-09-01",
        """
        {"location": "westeurope",
         "identity": {"type": "UserAssigned", "userAssignedIdentities": {"%s": {}}},
         "properties": {"dnsPrefix": "a", "agentPoolProfiles": [{"name": "np", "mode": "System"}]}}
        """
            .formatted(IDENTITY));

    Answer answer = world.ask("POST", IDENTITY + "/listAssociatedResources" + VERSION, "");

    assertThat(TestWorld.body(answer).path("totalCount").asInt()).isEqualTo(1);
    assertThat(TestWorld.at(answer, "/value/0/id")).isEqualToIgnoringCase(cluster);
    assertThat(TestWorld.at(answer, "/value/0/resourceGroup")).isEqualTo("rg-weu");
  }

  @Test
  void aCredentialFindsItsNewIdentityOnceAllReplicasKnowIt() {
    world.azure.letReplicasDiffer();
    identity();

    Answer early = world.ask("PUT", credential("first"), trust("a"));
    world.later(Duration.ofSeconds(14));
    identity();

    assertThat(early.status()).isEqualTo(404);
    assertThat(TestWorld.code(early)).isEqualTo("ParentResourceNotFound");
    assertThat(TestWorld.at(early, "/error/message"))
        .isEqualTo(
            "Failed to perform 'write' on resource(s) of type 'userAssignedIdentities/federatedIdentityCredentials', because the parent resource '%s' could not be found."
                .formatted(IDENTITY));
    assertThat(world.ask("PUT", credential("first"), trust("a")).status()).isEqualTo(201);
  }
}
