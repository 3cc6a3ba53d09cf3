// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The same cluster at api-versions of different years, and AKS itself in different years.
class ClusterVersionsTest {
  private static final String PATH =
      TestWorld.GROUP + "/providers/Microsoft.ContainerService/managedClusters/aks-1";
  private static final String BODY =
      """
      {"location": "westeurope", "identity": {"type": "SystemAssigned"},
       "properties": {"dnsPrefix": "aks-1", "kubernetesVersion": "1.33",
                      "agentPoolProfiles": [{"name": "p1", "mode": "System"}]}}
      """;

  private final TestWorld world = TestWorld.instant();

  private JsonNode made(String version) {
    Answer answer = world.ask("PUT", PATH + "?api-version=" + version, BODY);
    assertThat(answer.status()).isEqualTo(201);
    return shown(version);
  }

  private JsonNode shown(String version) {
    return TestWorld.body(world.ask("GET", PATH + "?api-version=" + version));
  }

  @Test
  void everyVersionThatClientsSendIsAnswered() {
    made("2025-08-01");

    for (String version : ApiVersion.ALL) {
      assertThat(shown(version).path("name").asString("")).as(version).isEqualTo("aks-1");
    }
  }

  @Test
  void anOlderVersionShowsNothingThatCameLater() {
    made("2025-08-01");

    JsonNode old = shown("2021-03-01");

    assertThat(old.path("properties").propertyNames())
        .contains("kubernetesVersion", "fqdn", "azurePortalFQDN")
        .doesNotContain("currentKubernetesVersion", "oidcIssuerProfile", "resourceUID");
    assertThat(old.has("kind")).isFalse();
    assertThat(old.at("/properties/agentPoolProfiles/0").propertyNames())
        .contains("kubeletDiskType")
        .doesNotContain("osSKU", "currentOrchestratorVersion", "securityProfile");
  }

  @Test
  void thePlanHadOtherNamesBefore2023() {
    made("2025-08-01");

    assertThat(shown("2022-11-01").at("/sku/name").asString("")).isEqualTo("Basic");
    assertThat(shown("2023-02-01").at("/sku/name").asString("")).isEqualTo("Base");
  }

  @Test
  void aPreviewKnowsWhatTheStableVersionsOfItsTimeDoNot() {
    made("2025-08-01");

    assertThat(shown("2023-08-01").at("/properties/metricsProfile").isObject()).isFalse();
    assertThat(shown("2023-08-02-preview").at("/properties/metricsProfile").isObject()).isTrue();
  }

  @Test
  void theNetworkOfWhoChoosesNoneDependsOnTheVersionOfThePut() {
    assertThat(made("2024-09-01").at("/properties/networkProfile/networkPlugin").asString(""))
        .isEqualTo("kubenet");
    world.ask("DELETE", PATH + "?api-version=2024-09-01");

    JsonNode newer = made("2025-08-01");

    assertThat(newer.at("/properties/networkProfile/networkPluginMode").asString(""))
        .isEqualTo("overlay");
    assertThat(newer.at("/properties/agentPoolProfiles/0/maxPods").asInt()).isEqualTo(250);
  }

  @Test
  void emptyMapsOfAPoolAreEchoedOnceAndNotKept() {
    String body = BODY.replace("\"mode\":", "\"nodeLabels\": {}, \"tags\": {}, \"mode\":");

    Answer answer = world.ask("PUT", PATH + "?api-version=2025-08-01", body);

    assertThat(TestWorld.body(answer).at("/properties/agentPoolProfiles/0/tags").isObject())
        .isTrue();
    assertThat(shown("2025-08-01").at("/properties/agentPoolProfiles/0").propertyNames())
        .doesNotContain("tags", "nodeLabels");
  }

  @Test
  void anEmptyListTakesAwayWhatWasThere() {
    String tainted = BODY.replace("\"mode\":", "\"nodeTaints\": [\"a=b:NoSchedule\"], \"mode\":");
    world.ask("PUT", PATH + "?api-version=2025-08-01", tainted);
    assertThat(shown("2025-08-01").at("/properties/agentPoolProfiles/0/nodeTaints")).hasSize(1);

    world.ask(
        "PUT",
        PATH + "?api-version=2025-08-01",
        BODY.replace("\"mode\":", "\"nodeTaints\": [], \"mode\":"));

    assertThat(shown("2025-08-01").at("/properties/agentPoolProfiles/0").propertyNames())
        .doesNotContain("nodeTaints");
  }

  @Test
  void secretsOfARequestAreNeverShown() {
    String body =
        BODY.replace(
            "\"dnsPrefix\":",
            "\"windowsProfile\": {\"adminUsername\": \"u\", \"adminPassword\": \"p\"}, \"dnsPrefix\":");

    Answer answer = world.ask("PUT", PATH + "?api-version=2025-08-01", body);

    assertThat(TestWorld.body(answer).at("/properties/windowsProfile").propertyNames())
        .containsExactly("adminUsername");
  }

  @Test
  void operationsOfOlderYearsHavePlainAddressesAndSwappedNames() {
    world
        .azure
        .situations()
        .gaveOut("https://management.azure.com/x/operations/y?api-version=2016-03-30");

    Answer answer = world.ask("PUT", PATH + "?api-version=2023-05-01", BODY);

    String address = String.valueOf(answer.headers().get("azure-asyncoperation"));
    assertThat(address).endsWith("?api-version=2016-03-30");
    String id = address.replaceFirst(".*/operations/([^?]*).*", "$1");
    String name =
        TestWorld.at(
            world.ask("GET", address.substring("https://management.azure.com".length())), "/name");
    assertThat(name).isNotEqualTo(id);
    assertThat(List.of(name.substring(0, 2), name.substring(18)))
        .containsExactly(id.substring(6, 8), id.substring(18));
  }

  @Test
  void aPropertyThatStaysForLifeIsNamedInTheRefusal() {
    ObjectNode other = (ObjectNode) made("2025-08-01").deepCopy();
    ((ObjectNode) other.path("properties")).put("dnsPrefix", "other");

    Answer refused = world.ask("PUT", PATH + "?api-version=2025-08-01", other.toString());

    assertThat(refused.status()).isEqualTo(400);
    assertThat(TestWorld.at(refused, "/code")).isEqualTo("PropertyChangeNotAllowed");
    assertThat(TestWorld.at(refused, "/target")).isEqualTo("dnsPrefix");
  }
}
