// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.message.Answer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Operations from their first answer to their last poll.
class ClusterLifeTest {
  private static final String PATH =
      TestWorld.GROUP + "/providers/Microsoft.ContainerService/managedClusters/aks-1";
  private static final String VERSION = "?api-version=2025-08-01";
  private static final String URL = PATH + VERSION;
  private static final String POOL = PATH + "/agentPools/spare" + VERSION;
  private static final Duration LONG = Duration.ofMinutes(16);
  private static final String BODY =
      """
      {"location": "westeurope", "identity": {"type": "SystemAssigned"},
       "properties": {"dnsPrefix": "aks-1", "oidcIssuerProfile": {"enabled": true},
                      "agentPoolProfiles": [{"name": "p1", "mode": "System", "count": 2}]}}
      """;
  private static final String SPARE =
      """
      {"properties": {"count": 1, "mode": "User", "vmSize": "Standard_D2s_v5"}}
      """;

  private final TestWorld world = TestWorld.slow();

  private void there() {
    assertThat(world.ask("PUT", URL, BODY).status()).isEqualTo(201);
    world.later(LONG);
  }

  private static String link(Answer answer, String header) {
    return String.valueOf(answer.headers().get(header))
        .substring("https://management.azure.com".length());
  }

  private String poll(Answer answer) {
    return TestWorld.at(world.ask("GET", link(answer, "azure-asyncoperation")), "/status");
  }

  private String state() {
    return TestWorld.at(world.ask("GET", URL), "/properties/provisioningState");
  }

  @Test
  void theStatusOfACreationTellsWhatAksIsAt() {
    Answer created = world.ask("PUT", URL, BODY);
    Set<String> seen = new LinkedHashSet<>();

    for (int second = 0; second < 960; second++) {
      seen.add(poll(created));
      world.later(Duration.ofSeconds(1));
    }

    assertThat(seen)
        .startsWith("InProgress", "ProvisioningNetworkResources", "ProvisioningControlPlane")
        .contains("CreatingAgentPools: 2/2 nodes completed")
        .endsWith("Succeeded");
  }

  @Test
  void identitiesAndAddressesOfANewClusterShowOnceItIsMade() {
    Answer created = world.ask("PUT", URL, BODY);

    assertThat(TestWorld.body(created).at("/properties/identityProfile").isMissingNode()).isTrue();
    world.later(LONG);
    assertThat(TestWorld.body(world.ask("GET", URL)).at("/properties/identityProfile").isObject())
        .isTrue();
  }

  @Test
  void aPollFollowsTheSignedAddressAndBearsItsOperationsName() {
    Answer created = world.ask("PUT", URL, BODY);
    String address = link(created, "azure-asyncoperation");

    assertThat(address).contains("?api-version=2025-03-01&t=").contains("&c=", "&s=", "&h=");
    assertThat(address)
        .contains("/operations/" + TestWorld.at(world.ask("GET", address), "/name") + "?");
  }

  @Test
  void anAbortedCreationIsCanceledAndLacksWhatComesLast() {
    Answer created = world.ask("PUT", URL, BODY);
    world.later(Duration.ofSeconds(5));

    Answer aborted = world.ask("POST", PATH + "/abort" + VERSION);

    assertThat(aborted.status()).isEqualTo(202);
    assertThat(TestWorld.at(aborted, "/properties/provisioningState")).isEqualTo("Creating");
    assertThat(state()).isEqualTo("Canceling");
    world.later(Duration.ofMinutes(2));
    assertThat(poll(aborted)).isEqualTo("Succeeded");
    assertThat(poll(created)).isEqualTo("Canceled");
    assertThat(state()).isEqualTo("Canceled");
    assertThat(world.ask("GET", link(aborted, "location")).status()).isEqualTo(204);
    assertThat(TestWorld.body(world.ask("GET", URL)).at("/properties/identityProfile").isObject())
        .isFalse();
  }

  @Test
  void thereIsNothingToAbortOnAnIdleCluster() {
    there();

    assertThat(world.ask("POST", PATH + "/abort" + VERSION).status()).isEqualTo(204);
  }

  @Test
  void anUpdateThatFailsSaysWhyAndCanBeRepeated() {
    there();
    world.azure.situations().failsNext(PATH, "QuotaExceeded", "no cores left");

    Answer updated = world.ask("PUT", URL, BODY);
    world.later(LONG);

    assertThat(poll(updated)).isEqualTo("Failed");
    Answer status = world.ask("GET", link(updated, "azure-asyncoperation"));
    assertThat(TestWorld.at(status, "/error/code")).isEqualTo("QuotaExceeded");
    assertThat(state()).isEqualTo("Failed");
    assertThat(world.ask("PUT", URL, BODY).status()).isEqualTo(200);
  }

  @Test
  void aksItselfAnswersForAClusterThatHasJustGoneAndArmAMomentLater() {
    there();
    world.ask("DELETE", URL);
    while (world.ask("GET", URL).status() == 200) {
      world.later(Duration.ofSeconds(1));
    }

    Answer flat = world.ask("GET", URL);

    assertThat(flat.status()).isEqualTo(404);
    assertThat(TestWorld.at(flat, "/subcode")).isEqualTo("GetManagedCluster_NotFound");
    world.later(Duration.ofSeconds(20));
    assertThat(TestWorld.code(world.ask("GET", URL))).isEqualTo("ResourceNotFound");
    assertThat(world.ask("DELETE", URL).status()).isEqualTo(204);
  }

  @Test
  void aPoolIsMadeAndUnmadeBesideTheOthers() {
    there();

    Answer made = world.ask("PUT", POOL, SPARE);

    assertThat(made.status()).isEqualTo(201);
    assertThat(TestWorld.at(made, "/properties/provisioningState")).isEqualTo("Creating");
    assertThat(state()).isEqualTo("Succeeded");
    world.later(LONG);
    assertThat(TestWorld.at(world.ask("GET", POOL), "/properties/provisioningState"))
        .isEqualTo("Succeeded");
    assertThat(world.ask("DELETE", POOL).status()).isEqualTo(202);
    world.later(LONG);
    assertThat(world.ask("GET", POOL).status()).isEqualTo(404);
    assertThat(world.ask("DELETE", POOL).status()).isEqualTo(204);
  }

  @Test
  void aBusyPoolKeepsItsClusterFromBeingUpdated() {
    there();
    world.ask("PUT", POOL, SPARE);

    Answer refused = world.ask("PUT", URL, BODY);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(TestWorld.at(refused, "/message")).contains("Another operation (spare - Creating)");
  }

  @Test
  void aPutWithAStaleCountScalesThePool() {
    there();
    ObjectNode stale = (ObjectNode) TestWorld.body(world.ask("GET", URL)).deepCopy();
    world.ask("PUT", URL, BODY.replace("\"count\": 2", "\"count\": 5"));
    world.later(LONG);

    world.ask("PUT", URL, stale.toString());

    assertThat(TestWorld.at(world.ask("GET", URL), "/properties/agentPoolProfiles/0/count"))
        .isEqualTo("2");
  }

  @Test
  void twoWritesThatBeginAtOnceMeetInAnEtag() {
    there();
    world.azure.situations().isContested(PATH);

    Answer refused = world.ask("PUT", URL, BODY);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(TestWorld.at(refused, "/code")).isEqualTo("EtagMismatch");
    assertThat(world.ask("PUT", URL, BODY).status()).isEqualTo(200);
  }

  @Test
  void anIdentityOfAClusterOutlivesItsUpdates() {
    there();
    String before = TestWorld.at(world.ask("GET", URL), "/identity/principalId");

    Answer updated = world.ask("PUT", URL, BODY);

    assertThat(TestWorld.at(updated, "/identity/principalId")).isEqualTo(before).isNotEmpty();
  }

  @Test
  void tagsWithoutAValueAreKept() {
    Answer created =
        world.ask("PUT", URL, BODY.replaceFirst("\\{", "{\"tags\": {\"owner\": \"\"},"));

    assertThat(TestWorld.body(created).path("tags").has("owner")).isTrue();
  }

  @Test
  void aRotationEndsWithANewKeyAndTheOldOneStillKnown() {
    there();

    Answer rotated = world.ask("POST", PATH + "/rotateServiceAccountSigningKeys" + VERSION);

    assertThat(rotated.status()).isEqualTo(202);
    assertThat(world.azure.clusters().find(PATH).orElseThrow().rotations()).isEmpty();
    world.later(LONG);
    assertThat(world.azure.clusters().find(PATH).orElseThrow().rotations()).hasSize(1);
  }

  @Test
  void aCommandIsBegunAndItsResultReadLater() {
    there();

    Answer begun =
        world.ask("POST", PATH + "/runCommand" + VERSION, "{\"command\": \"kubectl get pods\"}");

    assertThat(begun.status()).isEqualTo(202);
    String result = link(begun, "location");
    assertThat(result).contains("/managedclusters/aks-1/commandResults/");
    assertThat(world.ask("GET", result).status()).isEqualTo(202);
    world.later(Duration.ofMinutes(2));
    Answer done = world.ask("GET", result);
    assertThat(done.status()).isEqualTo(200);
    assertThat(TestWorld.at(done, "/properties/exitCode")).isEqualTo("127");
    assertThat(TestWorld.at(done, "/properties/logs")).contains("kubectl: command not found");
  }
}
