// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.bench;

import java.io.IOException;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is asked of a sandbox: always the same requests, of clusters at random.
final class Questions {
  private static final String CLUSTERS_VERSION = "?api-version=2025-08-01";
  private static final String IDENTITIES_VERSION = "?api-version=2024-11-30";
  private static final String AKS_SERVER = "6dae42f8-4368-4678-94ff-3960e28e3630/.default";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/bench/deployments";
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final int REPLICAS = 2;
  private static final String DEPLOYMENT =
      """
      {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "orders"}, "spec": {
       "replicas": %d, "selector": {"matchLabels": {"app": "orders"}}, "template": {
       "metadata": {"labels": {"app": "orders", "azure.workload.identity/use": "true"}}, "spec": {
       "containers": [{"name": "orders", "image": "orders:1"}]}}}}
      """
          .formatted(REPLICAS);

  private static final Pattern SERVER = Pattern.compile("server: (\\S+)");
  private static final Pattern TOKEN = Pattern.compile("\\btoken: (\\S+)");

  /// A cluster's API server, and who asks it.
  private record Server(String address, String token) {}

  private final RunningSandbox sandbox;
  private final HttpClient client = Trusting.client();
  private final String arm;
  private final String toArm;
  private final List<String> clusters;
  private final List<Server> servers;

  private Questions(RunningSandbox sandbox) throws IOException, InterruptedException {
    this.sandbox = sandbox;
    arm = sandbox.variable("LATCHKEY_CLOUD");
    toArm = token("https://management.azure.com/.default");
    clusters = clusterIds();
    servers = servers();
  }

  static Questions to(RunningSandbox sandbox) throws IOException, InterruptedException {
    return new Questions(sandbox);
  }

  private List<String> clusterIds() throws IOException, InterruptedException {
    var ids = new ArrayList<String>();
    for (JsonNode subscription : all(arm + "/subscriptions?api-version=2022-12-01")) {
      String list =
          arm
              + subscription.path("id").asString()
              + "/providers/Microsoft.ContainerService/managedClusters"
              + CLUSTERS_VERSION;
      all(list).forEach(cluster -> ids.add(cluster.path("id").asString()));
    }
    return List.copyOf(ids);
  }

  private List<JsonNode> all(String list) throws IOException, InterruptedException {
    var found = new ArrayList<JsonNode>();
    for (String next = list; !next.isEmpty(); ) {
      JsonNode page = JsonMapper.shared().readTree(get(next, toArm));
      page.path("value").forEach(found::add);
      next = page.path("nextLink").asString("");
    }
    return found;
  }

  private List<Server> servers() throws IOException, InterruptedException {
    String toEntraClusters = token(AKS_SERVER);
    var all = new ArrayList<Server>();
    for (String cluster : clusters) {
      String list = arm + cluster + "/listClusterUserCredential" + CLUSTERS_VERSION;
      String answer = send(with(toArm, list).POST(BodyPublishers.noBody()));
      String encoded = JsonMapper.shared().readTree(answer).at("/kubeconfigs/0/value").asString();
      var kubeconfig = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      Matcher server = SERVER.matcher(kubeconfig);
      Matcher token = TOKEN.matcher(kubeconfig);
      if (!server.find()) {
        throw new IOException("no server in the kubeconfig of " + cluster);
      }
      all.add(new Server(server.group(1), token.find() ? token.group(1) : toEntraClusters));
    }
    return List.copyOf(all);
  }

  /// Makes a deployment in each cluster and waits until all its pods are ready.
  void deployPods() throws InterruptedException {
    everywhere(
        server -> {
          post(server, "/api/v1/namespaces", "{\"metadata\": {\"name\": \"bench\"}}");
          post(server, DEPLOYMENTS, DEPLOYMENT);
        });
    everywhere(
        server -> {
          while (ready(server) < REPLICAS) {
            Thread.sleep(20);
          }
        });
  }

  private int ready(Server server) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(read(server)).path("status").path("readyReplicas").asInt(0);
  }

  private interface Work {
    void at(Server server) throws IOException, InterruptedException;
  }

  private void everywhere(Work work) throws InterruptedException {
    try (var workers = Executors.newFixedThreadPool(4)) {
      List<Callable<Void>> all =
          servers.stream()
              .map(
                  server ->
                      (Callable<Void>)
                          () -> {
                            work.at(server);
                            return null;
                          })
              .toList();
      for (Future<Void> done : workers.invokeAll(all)) {
        if (done.state() == Future.State.FAILED) {
          throw new IllegalStateException("a cluster failed", done.exceptionNow());
        }
      }
    }
  }

  /// Each kind of request that is measured, by what it is called.
  Map<String, Callable<?>> kinds() {
    Map<String, Callable<?>> kinds = new LinkedHashMap<>();
    kinds.put("ARM: `GET` a cluster", () -> get(arm + any(clusters) + CLUSTERS_VERSION, toArm));
    kinds.put("ARM: `PUT` an identity of a cluster's", () -> put(identity()));
    kinds.put("Entra ID: federated token", () -> token("https://management.azure.com/.default"));
    kinds.put("Kubernetes: `GET` a deployment", () -> read(any(servers)));
    kinds.put("Kubernetes: server-side apply of a deployment", () -> apply(any(servers)));
    return kinds;
  }

  private String identity() {
    String cluster = any(clusters);
    int provider = cluster.indexOf("/providers/");
    String name = cluster.substring(cluster.lastIndexOf('/') + 1);
    return arm
        + cluster.substring(0, provider)
        + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-"
        + name
        + IDENTITIES_VERSION;
  }

  private static <T> T any(List<T> all) {
    return all.get(ThreadLocalRandom.current().nextInt(all.size()));
  }

  private String token(String scope) throws IOException, InterruptedException {
    Map<String, String> form =
        Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            sandbox.variable("AZURE_CLIENT_ID"),
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion",
            Files.readString(Path.of(sandbox.variable("AZURE_FEDERATED_TOKEN_FILE"))).strip(),
            "scope",
            scope);
    String body =
        form.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    var request =
        HttpRequest.newBuilder(
                URI.create(arm + "/" + sandbox.variable("AZURE_TENANT_ID") + "/oauth2/v2.0/token"))
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body));
    return JsonMapper.shared().readTree(send(request)).path("access_token").asString();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private String get(String url, String token) throws IOException, InterruptedException {
    return send(with(token, url).GET());
  }

  private String put(String url) throws IOException, InterruptedException {
    return send(with(toArm, url).PUT(BodyPublishers.ofString("{\"location\": \"westeurope\"}")));
  }

  private String read(Server server) throws IOException, InterruptedException {
    return get(server.address() + DEPLOYMENTS + "/orders", server.token());
  }

  private String post(Server server, String path, String body)
      throws IOException, InterruptedException {
    return send(with(server.token(), server.address() + path).POST(BodyPublishers.ofString(body)));
  }

  private String apply(Server server) throws IOException, InterruptedException {
    String url = server.address() + DEPLOYMENTS + "/orders?fieldManager=bench&force=true";
    var request =
        with(server.token(), url)
            .setHeader("content-type", "application/apply-patch+yaml")
            .method("PATCH", BodyPublishers.ofString(DEPLOYMENT));
    return send(request);
  }

  private static HttpRequest.Builder with(String token, String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .header("authorization", "Bearer " + token)
        .header("content-type", "application/json");
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(request.timeout(BOUND).build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.statusCode() + " from " + answer.uri() + ": " + answer.body());
    }
    return answer.body();
  }
}
