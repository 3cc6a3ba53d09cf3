// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.message.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ManagedClustersTest {
  private static final String PATH =
      TestWorld.GROUP + "/providers/Microsoft.ContainerService/managedClusters/aks-weu-1";
  private static final String URL = PATH + "?api-version=2025-08-01";
  private static final String PREVIEW = PATH + "?api-version=2025-08-02-preview";
  private static final String OLD = PATH + "?api-version=2024-05-01";

  private final TestWorld world = TestWorld.slow();

  private void cluster(ClusterView.Authorization authorization, ClusterPlan.Features features) {
    world.azure.addCluster(
        new ClusterPlan(
            TestWorld.SUBSCRIPTION,
            "rg-weu",
            "aks-weu-1",
            "westeurope",
            "1.33.2",
            authorization,
            features,
            Map.of("env", "prod")));
  }

  private void plain() {
    cluster(ClusterView.Authorization.LOCAL, ClusterPlan.Features.NONE);
  }

  /// What a client sends back: the whole GET, with both switches on.
  private ObjectNode enabled() {
    ObjectNode tree = (ObjectNode) TestWorld.body(world.ask("GET", URL)).deepCopy();
    ObjectNode properties = (ObjectNode) tree.path("properties");
    properties.putObject("oidcIssuerProfile").put("enabled", true);
    properties.putObject("securityProfile").putObject("workloadIdentity").put("enabled", true);
    return tree;
  }

  private ClusterView view() {
    return world.azure.clusters().find(PATH).orElseThrow();
  }

  @Test
  void anUpdateTellsTheIssuerInItsFirstAnswer() {
    plain();

    Answer answer = world.ask("PUT", URL, enabled().toString());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).containsKey("azure-asyncoperation").doesNotContainKey("location");
    assertThat(TestWorld.at(answer, "/properties/provisioningState")).isEqualTo("Updating");
    assertThat(TestWorld.at(answer, "/properties/oidcIssuerProfile/issuerURL"))
        .startsWith("https://westeurope.oic.prod-aks.azure.com/" + TestWorld.TENANT + "/")
        .endsWith("/");
  }

  @Test
  void anUpdateEndsAfterMinutesAndItsOperationSaysSo() {
    plain();
    Answer answer = world.ask("PUT", URL, enabled().toString());
    String poll =
        String.valueOf(answer.headers().get("azure-asyncoperation"))
            .substring("https://management.azure.com".length());

    assertThat(TestWorld.at(world.ask("GET", poll), "/status")).isEqualTo("InProgress");
    world.later(Duration.ofMinutes(16));
    assertThat(TestWorld.at(world.ask("GET", poll), "/status")).isEqualTo("Succeeded");
    assertThat(TestWorld.at(world.ask("GET", URL), "/properties/provisioningState"))
        .isEqualTo("Succeeded");
  }

  @Test
  void theListOfResourcesKnowsWhatRunsOnACluster() {
    plain();
    String list = TestWorld.GROUP + "/resources?api-version=2024-11-01&$expand=provisioningState";

    assertThat(TestWorld.at(world.ask("GET", list), "/value/0/provisioningState"))
        .isEqualTo("Succeeded");
    world.ask("PUT", URL, enabled().toString());
    assertThat(TestWorld.at(world.ask("GET", list), "/value/0/provisioningState"))
        .isEqualTo("Updating");
    world.later(Duration.ofMinutes(16));
    assertThat(TestWorld.at(world.ask("GET", list), "/value/0/provisioningState"))
        .isEqualTo("Succeeded");
  }

  @Test
  void theApiServerRestartsInTheLastThirdOfTheUpdateThatEnablesTheIssuer() {
    plain();
    world.ask("PUT", URL, enabled().toString());
    Instant started = world.clock.now();
    var down = new ArrayList<Long>();

    for (int second = 0; second < 960; second++) {
      if (view().apiServerDownUntil().isPresent()) {
        down.add(Duration.between(started, world.clock.now()).toSeconds());
      }
      world.later(Duration.ofSeconds(1));
    }

    assertThat(down).hasSizeBetween(14, 16);
    assertThat(view().apiServerDownUntil()).isEmpty();
  }

  @Test
  void theWebhookServesOnlyAfterTheUpdate() {
    plain();
    world.ask("PUT", URL, enabled().toString());

    assertThat(view().webhook())
        .hasValueSatisfying(at -> assertThat(at).isAfter(world.clock.now()));
    assertThat(view().issuer()).isPresent();
  }

  @Test
  void aBusyClusterRefusesAnotherUpdateWithoutAnEnvelope() {
    plain();
    ObjectNode body = enabled();
    world.ask("PUT", URL, body.toString());

    Answer answer = world.ask("PUT", URL, body.toString());

    assertThat(answer.status()).isEqualTo(409);
    assertThat(TestWorld.at(answer, "/code")).isEqualTo("OperationNotAllowed");
    assertThat(TestWorld.at(answer, "/message")).contains("Another operation (Updating)");
  }

  @Test
  void aStoppedClusterRefusesAnUpdateWith400() {
    plain();
    ObjectNode body = enabled();
    assertThat(world.ask("POST", PATH + "/stop?api-version=2025-08-01").status()).isEqualTo(202);
    world.later(Duration.ofMinutes(16));

    Answer answer = world.ask("PUT", URL, body.toString());

    assertThat(answer.status()).isEqualTo(400);
    assertThat(TestWorld.at(answer, "/message")).contains("Managed Cluster is in stopped state");
    assertThat(view().power()).isEqualTo(ClusterView.Power.STOPPED);
  }

  @Test
  void theIssuerCannotBeSwitchedOffAgain() {
    cluster(ClusterView.Authorization.LOCAL, ClusterPlan.Features.WORKLOAD_IDENTITY);
    ObjectNode body = enabled();
    ((ObjectNode) body.path("properties")).putObject("oidcIssuerProfile").put("enabled", false);

    assertThat(world.ask("PUT", URL, body.toString()).status()).isEqualTo(400);
  }

  @Test
  void theWebhookNeedsTheIssuer() {
    plain();
    ObjectNode body = enabled();
    ((ObjectNode) body.path("properties")).putObject("oidcIssuerProfile").put("enabled", false);

    assertThat(world.ask("PUT", URL, body.toString()).status()).isEqualTo(400);
  }

  @Test
  void aPutWithAnOldEtagIsRefusedAndWithTheRightOneAccepted() {
    plain();
    ObjectNode body = enabled();
    String tag = TestWorld.at(world.ask("GET", PREVIEW), "/eTag");

    assertThat(world.with("if-match", "other").ask("PUT", URL, body.toString()).status())
        .isEqualTo(412);
    assertThat(world.with("if-match", tag).ask("PUT", URL, body.toString()).status())
        .isEqualTo(200);
    assertThat(TestWorld.at(world.ask("GET", PREVIEW), "/eTag")).isEqualTo(tag);
    world.later(Duration.ofMinutes(16));
    assertThat(TestWorld.at(world.ask("GET", PREVIEW), "/eTag")).isNotEqualTo(tag);
  }

  @Test
  void onlyPreviewsShowEtagsInTheirBodies() {
    plain();

    JsonNode stable = TestWorld.body(world.ask("GET", URL));
    JsonNode preview = TestWorld.body(world.ask("GET", PREVIEW));
    JsonNode older = TestWorld.body(world.ask("GET", PATH + "?api-version=2023-11-02-preview"));

    assertThat(stable.has("eTag")).isFalse();
    assertThat(stable.at("/properties/agentPoolProfiles/0").has("eTag")).isFalse();
    assertThat(older.has("eTag")).isFalse();
    assertThat(preview.has("eTag")).isTrue();
    assertThat(preview.at("/properties/agentPoolProfiles/0").has("eTag")).isTrue();
  }

  @Test
  void aPutAtAnOlderVersionLeavesAloneWhatThatVersionDoesNotKnow() {
    plain();
    String before = TestWorld.at(world.ask("GET", URL), "/properties/resourceUID");
    JsonNode old = TestWorld.body(world.ask("GET", OLD));

    world.ask("PUT", OLD, old.toString());

    assertThat(TestWorld.at(world.ask("GET", URL), "/properties/resourceUID")).isEqualTo(before);
  }

  @Test
  void aPutKeepsPropertiesThatNobodyKnowsAndLosesTagsThatItLeavesOut() {
    plain();
    ObjectNode body = enabled();
    body.remove("tags");
    ((ObjectNode) body.path("properties")).putObject("futureProfile").put("level", 3);

    world.ask("PUT", URL, body.toString());

    JsonNode tree = TestWorld.body(world.ask("GET", URL));
    assertThat(tree.at("/properties/futureProfile/level").asInt()).isEqualTo(3);
    assertThat(tree.has("tags")).isFalse();
    assertThat(tree.at("/properties/agentPoolProfiles/0/count").asInt()).isEqualTo(3);
  }

  @Test
  void idsHaveALowerCaseGroupWordWhateverTheRequestSays() {
    plain();

    Answer answer = world.ask("GET", URL.replace("rg-weu", "RG-WEU").replace("aks-weu", "AKS-weu"));

    assertThat(TestWorld.at(answer, "/id")).contains("/resourcegroups/rg-weu/");
    assertThat(TestWorld.at(answer, "/type"))
        .isEqualTo("Microsoft.ContainerService/ManagedClusters");
  }

  @Test
  void aClusterWithEntraHandsOutNoSecret() {
    cluster(ClusterView.Authorization.AZURE_RBAC, ClusterPlan.Features.NONE);

    String user = kubeconfig("listClusterUserCredential");

    assertThat(user).contains("command: kubelogin", "server: https://127.0.0.1:6443");
    assertThat(user).doesNotContain("token:", "client-key-data");
    Answer admin = world.ask("POST", PATH + "/listClusterAdminCredential?api-version=2025-08-01");
    assertThat(admin.status()).isEqualTo(400);
    assertThat(TestWorld.at(admin, "/message"))
        .startsWith("Getting static credential is not allowed");
  }

  @Test
  void aClusterWithoutEntraHandsOutCertificateKeyAndToken() {
    plain();

    assertThat(kubeconfig("listClusterUserCredential"))
        .contains("client-certificate-data: ", "client-key-data: ")
        .contains("token: " + world.azure.administratorToken(PATH));
  }

  private String kubeconfig(String action) {
    Answer answer = world.ask("POST", PATH + "/" + action + "?api-version=2025-08-01");
    String value = TestWorld.at(answer, "/kubeconfigs/0/value");
    return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }

  @Test
  void aNewClusterTakesItsTimeAndIsThenThere() {
    String body =
        """
        {"location": "westeurope", "identity": {"type": "SystemAssigned"},
         "properties": {"dnsPrefix": "new", "agentPoolProfiles": [{"name": "p1", "mode": "System"}]}}
        """;

    Answer answer = world.ask("PUT", URL, body);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(TestWorld.body(answer).has("eTag")).isFalse();
    world.later(Duration.ofMinutes(16));
    Answer settled = world.ask("GET", PREVIEW);
    assertThat(TestWorld.at(settled, "/properties/provisioningState")).isEqualTo("Succeeded");
    assertThat(TestWorld.at(settled, "/eTag")).isNotEmpty();
  }

  @Test
  void aDeletedClusterStaysVisibleUntilItIsGone() {
    plain();

    assertThat(world.ask("DELETE", URL).status()).isEqualTo(202);
    assertThat(TestWorld.at(world.ask("GET", URL), "/properties/provisioningState"))
        .isEqualTo("Deleting");
    world.later(Duration.ofMinutes(16));
    assertThat(TestWorld.code(world.ask("GET", URL))).isEqualTo("ResourceNotFound");
    assertThat(world.azure.clusters().all()).isEmpty();
  }

  @Test
  void poolsAreReadOneByOneAndTogether() {
    plain();

    assertThat(
            TestWorld.at(
                world.ask("GET", PATH + "/agentPools/nodepool1?api-version=2025-08-01"),
                "/properties/count"))
        .isEqualTo("3");
    assertThat(world.ask("GET", PATH + "/agentPools/none?api-version=2025-08-01").status())
        .isEqualTo(404);
    assertThat(
            TestWorld.body(world.ask("GET", PATH + "/agentPools?api-version=2025-08-01"))
                .path("value"))
        .hasSize(1);
  }

  @Test
  void aPutWithAnOldCountOfNodesScalesThePoolBack() {
    plain();
    ObjectNode old = enabled();
    world.ask("PUT", URL, scaled(5).toString());
    world.later(Duration.ofMinutes(16));
    assertThat(count()).isEqualTo("5");

    assertThat(world.ask("PUT", URL, old.toString()).status()).isEqualTo(200);

    assertThat(count()).isEqualTo("3");
  }

  private ObjectNode scaled(int count) {
    ObjectNode body = enabled();
    ((ObjectNode) body.at("/properties/agentPoolProfiles/0")).put("count", count);
    return body;
  }

  private String count() {
    return TestWorld.at(world.ask("GET", URL), "/properties/agentPoolProfiles/0/count");
  }
}
