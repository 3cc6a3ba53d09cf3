// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One sandbox, read by all tests over HTTPS.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxTest {
  private final Sandbox sandbox = Sandbox.start(Options.defaults());
  private Map<String, String> environment = Map.of();
  private HttpClient client = HttpClient.newHttpClient();
  @TempDir static Path folder;

  @BeforeAll
  void connect() throws Exception {
    environment = sandbox.writeTo(folder);
    KeyStore trusted =
        KeyStore.getInstance(folder.resolve("truststore.p12").toFile(), "sandbox".toCharArray());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    client = HttpClient.newBuilder().sslContext(tls).build();
  }

  @Test
  void forgetsWhatAzKeptOfAnEarlierSandbox(@TempDir Path own) throws Exception {
    Path kept = Files.createDirectories(own.resolve("az")).resolve("clouds.config");
    Files.writeString(kept, "[sandbox]");
    sandbox.writeTo(own);
    assertThat(kept).as("nobody's sandbox was here before").exists();

    sandbox.writeTo(own);
    assertThat(kept.getParent()).doesNotExist();
  }

  @AfterAll
  void stop() {
    client.shutdownNow();
    sandbox.close();
  }

  @Test
  void letsThePipelineSignInWithoutASecretAndSeeItsFleet() throws Exception {
    HttpResponse<String> clusters =
        arm(
            "/subscriptions/"
                + environment.get("SUBSCRIPTION")
                + "/providers/Microsoft.ContainerService/managedClusters?api-version=2025-03-01");

    assertThat(clusters.statusCode()).isEqualTo(200);
    assertThat(json(clusters).path("value").valueStream().map(each -> each.path("name").asString()))
        .containsExactlyInAnyOrder("aks-weu-1", "aks-neu-1", "aks-sea-1");
  }

  @Test
  void tellsWhoAsksWhereEverythingIs() throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(
                    URI.create(sandbox.url() + "/metadata/endpoints?api-version=2022-09-01"))
                .build(),
            BodyHandlers.ofString());

    assertThat(json(answer).path("resourceManager").asString()).startsWith(sandbox.url());
  }

  @Test
  void letsThePipelineGiveTheOneRoleThatADeploymentNeeds() throws Exception {
    assertThat(assign("4633458b-17de-408a-b874-0445c86b69e6").statusCode()).isEqualTo(201);
    assertThat(assign("b86a8fe4-44ce-4948-aee5-eccb2c155cd7").statusCode()).isEqualTo(403);
  }

  @Test
  void givesThePipelineNoRightBeyondADeployment() throws Exception {
    String subscription = "/subscriptions/" + environment.get("SUBSCRIPTION");
    String group = subscription + "/resourceGroups/rg-weu";

    assertThat(arm(group + "?api-version=2024-03-01").statusCode()).isEqualTo(200);
    assertThat(
            arm(subscription
                    + "/providers/Microsoft.Authorization/policyAssignments?api-version=2022-06-01")
                .statusCode())
        .isEqualTo(403);
    assertThat(
            delete(group + "/providers/Microsoft.ContainerService/managedClusters/aks-weu-1")
                .statusCode())
        .isEqualTo(403);
    assertThat(
            json(arm(
                    subscription
                        + "/providers/Microsoft.Authorization/permissions?api-version=2022-04-01"))
                .at("/value/0/actions"))
        .hasSize(13)
        .noneMatch(action -> action.asString("").contains("*"));
  }

  @Test
  void keepsCredentialsToTheirOwner() throws Exception {
    for (String name : new String[] {"federated-token", "operator.env", "aks-weu-1.kubeconfig"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void writesNoTokenAndNoSecretIntoFilesThatOthersRead() throws Exception {
    String all =
        Files.readString(folder.resolve("sandbox.env"))
            + Files.readString(folder.resolve("latchkey.yaml"));

    assertThat(sandbox.tokensIssued()).isNotEmpty().noneMatch(all::contains);
    assertThat(sandbox.secretsIssued()).hasSize(4).noneMatch(all::contains);
  }

  private HttpResponse<String> assign(String role) throws Exception {
    String body =
        "{\"properties\":{\"roleDefinitionId\":\"/subscriptions/%s/providers/Microsoft.Authorization/roleDefinitions/%s\",\"principalId\":\"%s\",\"principalType\":\"ServicePrincipal\"}}"
            .formatted(environment.get("SUBSCRIPTION"), role, DefaultFleet.PIPELINE_OBJECT);
    return client.send(
        HttpRequest.newBuilder(
                URI.create(
                    sandbox.url()
                        + DefaultFleet.vaultId()
                        + "/secrets/db-password/providers/Microsoft.Authorization/roleAssignments/"
                        + role
                        + "?api-version=2022-04-01"))
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> arm(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(sandbox.url() + path))
            .header("Authorization", "Bearer " + token())
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> delete(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(sandbox.url() + path + "?api-version=2025-03-01"))
            .header("Authorization", "Bearer " + token())
            .DELETE()
            .build(),
        BodyHandlers.ofString());
  }

  private String token() throws Exception {
    Map<String, String> form =
        Map.of(
            "client_id",
            environment.get("AZURE_CLIENT_ID"),
            "grant_type",
            "client_credentials",
            "client_assertion",
            Files.readString(Path.of(environment.get("AZURE_FEDERATED_TOKEN_FILE"))),
            "scope",
            "https://management.azure.com/.default");
    String body =
        form.entrySet().stream()
            .map(
                each ->
                    each.getKey()
                        + "="
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(
                    URI.create(
                        environment.get("AZURE_AUTHORITY_HOST")
                            + environment.get("AZURE_TENANT_ID")
                            + "/oauth2/v2.0/token"))
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    return json(answer).path("access_token").asString();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }
}
