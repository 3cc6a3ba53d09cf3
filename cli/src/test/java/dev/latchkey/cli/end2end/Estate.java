// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a deployment has made, read over HTTPS by clients that are not latchkey's.
final class Estate implements AutoCloseable {
  private final World world;
  private final HttpClient client;
  private final String token;

  private Estate(World world) throws Exception {
    this.world = world;
    client = HttpClient.newBuilder().sslContext(Trust.of(world.folder())).build();
    token = signIn();
  }

  /// One line for each thing, sorted, without generated ids.
  static List<String> of(World world) throws Exception {
    try (var estate = new Estate(world)) {
      var lines = new ArrayList<String>();
      estate.clusters(lines);
      estate.identities(lines);
      estate.assignments(lines);
      try (Stream<Path> files = Files.list(world.folder())) {
        for (Path file : files.filter(each -> each.toString().endsWith(".kubeconfig")).toList()) {
          objects(file, lines);
        }
      }
      return lines.stream().map(Masked::text).sorted().toList();
    }
  }

  private void clusters(List<String> lines) throws Exception {
    list(provider("Microsoft.ContainerService/managedClusters", "2025-03-01"))
        .forEach(
            cluster ->
                lines.add(
                    "cluster %s: issuer %s, workload identity %s, %s"
                        .formatted(
                            cluster.path("name").asString(),
                            cluster.at("/properties/oidcIssuerProfile/enabled"),
                            cluster.at("/properties/securityProfile/workloadIdentity/enabled"),
                            cluster.at("/properties/provisioningState").asString())));
  }

  private void identities(List<String> lines) throws Exception {
    for (JsonNode identity :
        list(provider("Microsoft.ManagedIdentity/userAssignedIdentities", "2023-01-31"))) {
      String id = identity.path("id").asString();
      lines.add("identity " + id + " " + identity.path("tags"));
      list(id + "/federatedIdentityCredentials?api-version=2023-01-31")
          .forEach(
              credential ->
                  lines.add(
                      "credential %s of %s: %s"
                          .formatted(
                              credential.path("name").asString(),
                              identity.path("name").asString(),
                              credential.path("properties"))));
    }
  }

  private void assignments(List<String> lines) throws Exception {
    list(provider("Microsoft.Authorization/roleAssignments", "2022-04-01"))
        .forEach(
            assignment ->
                lines.add(
                    "assignment at %s: %s"
                        .formatted(
                            assignment.at("/properties/scope").asString(),
                            assignment.at("/properties/description").asString(""))));
  }

  private static void objects(Path kubeconfig, List<String> lines) throws IOException {
    String cluster = kubeconfig.getFileName().toString();
    Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
    config.setClientKeyAlgo("EC");
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      Stream.of(
              client.services().inNamespace("orders").list().getItems(),
              client.serviceAccounts().inNamespace("orders").list().getItems(),
              client.apps().deployments().inNamespace("orders").list().getItems())
          .flatMap(List::stream)
          .map(HasMetadata.class::cast)
          .forEach(
              object ->
                  lines.add(
                      "%s: %s %s"
                          .formatted(cluster, object.getKind(), object.getMetadata().getName())));
      long pods = client.pods().inNamespace("orders").list().getItems().size();
      lines.add(cluster + ": pods " + pods);
      long deployed =
          client
              .secrets()
              .inNamespace("orders")
              .withLabel("owner", "helm")
              .list()
              .getItems()
              .stream()
              .filter(secret -> "deployed".equals(secret.getMetadata().getLabels().get("status")))
              .count();
      long pending =
          client
              .secrets()
              .inNamespace("orders")
              .withLabel("owner", "helm")
              .list()
              .getItems()
              .stream()
              .filter(
                  secret ->
                      secret
                          .getMetadata()
                          .getLabels()
                          .getOrDefault("status", "")
                          .startsWith("pending"))
              .count();
      lines.add("%s: releases %d deployed, %d pending".formatted(cluster, deployed, pending));
    }
  }

  private String provider(String type, String version) {
    return "/subscriptions/%s/providers/%s?api-version=%s"
        .formatted(variable("SUBSCRIPTION"), type, version);
  }

  private List<JsonNode> list(String path) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(variable("LATCHKEY_CLOUD") + path))
            .header("Authorization", "Bearer " + token)
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    // The run that was watched may have used up the identity's bucket: Azure says how long.
    for (int again = 0; again < 5 && answer.statusCode() == 429; again++) {
      TimeUnit.SECONDS.sleep(answer.headers().firstValueAsLong("Retry-After").orElse(1));
      answer = client.send(request, BodyHandlers.ofString());
    }
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body()).path("value").valueStream().toList();
  }

  private String signIn() throws Exception {
    String body =
        Stream.of(
                Map.entry("client_id", variable("AZURE_CLIENT_ID")),
                Map.entry("grant_type", "client_credentials"),
                Map.entry("client_assertion", world.sandbox().pipelineAssertion()),
                Map.entry("scope", "https://management.azure.com/.default"))
            .map(
                each ->
                    each.getKey()
                        + "="
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    URI endpoint =
        URI.create(
            variable("AZURE_AUTHORITY_HOST") + variable("AZURE_TENANT_ID") + "/oauth2/v2.0/token");
    var request = HttpRequest.newBuilder(endpoint).POST(BodyPublishers.ofString(body)).build();
    String answer = client.send(request, BodyHandlers.ofString()).body();
    return JsonMapper.shared().readTree(answer).path("access_token").asString();
  }

  private String variable(String name) {
    return world.console().variables().getOrDefault(name, "");
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
