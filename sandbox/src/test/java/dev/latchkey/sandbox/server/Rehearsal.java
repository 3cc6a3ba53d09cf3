// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import com.nimbusds.jose.jwk.JWKSet;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A sandbox in which one cluster has a workload with an identity that may read one secret.
final class Rehearsal implements AutoCloseable {
  static final String CLUSTER = "aks-weu-1";
  static final String GROUP =
      "/subscriptions/%s/resourceGroups/rg-weu/providers"
          .formatted(DefaultFleet.firstSubscription());
  static final String CLUSTER_ID = GROUP + "/Microsoft.ContainerService/managedClusters/" + CLUSTER;
  static final String IDENTITY =
      GROUP + "/Microsoft.ManagedIdentity/userAssignedIdentities/id-orders";
  static final String SECRET = "db-password";
  private static final String SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";
  private static final String ACCOUNT = "/api/v1/namespaces/orders/serviceaccounts/orders";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final Sandbox sandbox;

  private Rehearsal(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  static Rehearsal start() {
    return start(Options.defaults());
  }

  static Rehearsal start(Options options) {
    return new Rehearsal(Sandbox.start(options));
  }

  /// All that a deployment makes, in the order in which it makes it.
  Rehearsal deployed() {
    String issuer = enableWorkloadIdentity();
    JsonNode identity = arm("PUT", IDENTITY, "2023-01-31", "{'location':'westeurope'}");
    trust(issuer);
    grant(
        SECRETS_USER,
        identity.at("/properties/principalId").asString(),
        DefaultFleet.vaultId() + "/secrets/db-password");
    inCluster("POST", "/api/v1/namespaces", "{'metadata':{'name':'orders'}}");
    inCluster(
        "POST",
        "/api/v1/namespaces/orders/serviceaccounts",
        "{'metadata':{'name':'orders','annotations':{'azure.workload.identity/client-id':'%s'}}}"
            .formatted(identity.at("/properties/clientId").asString()));
    inCluster("POST", "/apis/apps/v1/namespaces/orders/deployments", DEPLOYMENT);
    eventually(() -> variable("AZURE_CLIENT_ID").isPresent());
    return this;
  }

  private static final String DEPLOYMENT =
      """
      {'metadata':{'name':'orders'},'spec':{'replicas':1,'selector':{'matchLabels':{'app':'orders'}},
       'template':{'metadata':{'labels':{'app':'orders','azure.workload.identity/use':'true'}},
        'spec':{'serviceAccountName':'orders','containers':[{'name':'orders','image':'registry.example/orders:1'}]}}}}""";

  String enableWorkloadIdentity() {
    JsonNode cluster = arm("GET", CLUSTER_ID, "2025-03-01", "");
    var wish = (ObjectNode) cluster.deepCopy();
    wish.withObject("/properties/oidcIssuerProfile").put("enabled", true);
    wish.withObject("/properties/securityProfile/workloadIdentity").put("enabled", true);
    arm("PUT", CLUSTER_ID, "2025-03-01", wish.toString());
    return issuer();
  }

  String issuer() {
    return arm("GET", CLUSTER_ID, "2025-03-01", "")
        .at("/properties/oidcIssuerProfile/issuerURL")
        .asString();
  }

  void trust(String issuer) {
    arm(
        "PUT",
        IDENTITY + "/federatedIdentityCredentials/orders",
        "2023-01-31",
        "{'properties':{'issuer':'%s','subject':'system:serviceaccount:orders:orders','audiences':['api://AzureADTokenExchange']}}"
            .formatted(issuer));
  }

  /// Gives a role at a scope.
  void grant(String role, String principal, String scope) {
    arm(
        "PUT",
        scope
            + "/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-000000000001",
        "2022-04-01",
        "{'properties':{'roleDefinitionId':'/subscriptions/%s/providers/Microsoft.Authorization/roleDefinitions/%s','principalId':'%s','principalType':'ServicePrincipal'}}"
            .formatted(DefaultFleet.firstSubscription(), role, principal));
  }

  /// What the workload meets: `secret read`, the code of Entra ID's or Key Vault's refusal, or what
  /// its pod lacks.
  String walk() {
    Optional<String> client = variable("AZURE_CLIENT_ID");
    Optional<String> tenant = variable("AZURE_TENANT_ID");
    if (client.isEmpty() || tenant.isEmpty()) {
      return variable("AZURE_FEDERATED_TOKEN_FILE").isEmpty() ? "no variables" : "no client id";
    }
    JsonNode token = exchange(tenant.get(), client.get());
    return token.has("access_token")
        ? read(SECRET, token.path("access_token").asString())
        : "AADSTS" + token.path("error_codes").path(0).asInt();
  }

  /// Whether the workload's identity reads a secret that was never meant for it.
  String walkFurther() {
    JsonNode token =
        exchange(
            variable("AZURE_TENANT_ID").orElseThrow(), variable("AZURE_CLIENT_ID").orElseThrow());
    return read("admin-master-key", token.path("access_token").asString());
  }

  /// A token of the workload's service account.
  String assertion() {
    return inCluster(
            "POST",
            ACCOUNT + "/token",
            "{'apiVersion':'authentication.k8s.io/v1','kind':'TokenRequest','spec':{'audiences':['api://AzureADTokenExchange'],'expirationSeconds':3600}}")
        .at("/status/token")
        .asString();
  }

  private JsonNode exchange(String tenant, String client) {
    String assertion = assertion();
    return signIn(
        tenant, client, assertion, "https://" + LoopbackAddresses.VAULT_DOMAIN + "/.default");
  }

  /// The status with which Entra ID meets an assertion for the workload's identity.
  int exchanged(String assertion) {
    JsonNode answer =
        signIn(
            DefaultFleet.TENANT,
            variable("AZURE_CLIENT_ID").orElseThrow(),
            assertion,
            "https://" + LoopbackAddresses.VAULT_DOMAIN + "/.default");
    return answer.has("access_token") ? 200 : 400;
  }

  /// What the cluster's issuer publishes.
  JWKSet issuerKeys() throws ParseException {
    String path = URI.create(issuer()).getPath() + "openid/v1/jwks";
    return JWKSet.parse(
        tree(sandbox.answer(
                new Ask(
                    new Origin.Front(),
                    "GET",
                    path,
                    Map.of(),
                    Map.of(),
                    new byte[0],
                    Optional.empty())))
            .toString());
  }

  private JsonNode signIn(String tenant, String client, String assertion, String scope) {
    Map<String, String> form =
        Map.of(
            "client_id",
            client,
            "grant_type",
            "client_credentials",
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion",
            assertion,
            "scope",
            scope);
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return tree(
        sandbox.answer(
            new Ask(
                new Origin.Front(),
                "POST",
                "/" + tenant + "/oauth2/v2.0/token",
                Map.of(),
                Map.of("content-type", List.of("application/x-www-form-urlencoded")),
                body.getBytes(StandardCharsets.UTF_8),
                Optional.empty())));
  }

  /// A token of the pipeline's service principal.
  String pipelineToken(String scope) {
    return signIn(
            DefaultFleet.TENANT, DefaultFleet.PIPELINE_CLIENT, sandbox.pipelineAssertion(), scope)
        .path("access_token")
        .asString();
  }

  /// The pipeline's service principal at the cluster, with a token of Entra ID's.
  Pipeline pipeline() {
    String token = pipelineToken("6dae42f8-4368-4678-94ff-3960e28e3630/.default");
    return () ->
        sandbox
            .answer(
                new Ask(
                    new Origin.Cluster(CLUSTER_ID.toLowerCase(Locale.ROOT)),
                    "GET",
                    "/api/v1/pods",
                    Map.of(),
                    Map.of("authorization", List.of("Bearer " + token)),
                    new byte[0],
                    Optional.empty()))
            .status();
  }

  /// Whoever deploys.
  interface Pipeline {
    /// The status of a request for all pods.
    int listPods();
  }

  private String read(String secret, String token) {
    Answer answer =
        sandbox.answer(
            new Ask(
                new Origin.Vault(DefaultFleet.VAULT),
                "GET",
                "/secrets/" + secret + "/",
                Map.of("api-version", List.of("7.4")),
                Map.of("authorization", List.of("Bearer " + token)),
                new byte[0],
                Optional.empty()));
    JsonNode error = tree(answer).path("error");
    return answer.status() == 200
        ? "secret read"
        : error.at("/innererror/code").asString(error.path("code").asString(""));
  }

  /// A variable of the newest pod's container.
  Optional<String> variable(String name) {
    return pods().stream()
        .reduce((_, later) -> later)
        .flatMap(
            pod ->
                pod.at("/spec/containers/0/env")
                    .valueStream()
                    .filter(each -> each.path("name").asString().equals(name))
                    .map(each -> each.path("value").asString())
                    .findFirst());
  }

  List<JsonNode> pods() {
    return inCluster("GET", "/api/v1/namespaces/orders/pods", "")
        .path("items")
        .valueStream()
        .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
        .sorted(Comparator.comparing(pod -> pod.at("/metadata/creationTimestamp").asString()))
        .toList();
  }

  JsonNode arm(String method, String id, String version, String body) {
    Answer answer = sandbox.askArm(method, id, version, json(body));
    if (answer.status() >= 300) {
      throw new AssertionError("%s %s: %s".formatted(method, id, answer));
    }
    return tree(answer);
  }

  JsonNode inCluster(String method, String path, String body) {
    Answer answer = sandbox.askCluster(CLUSTER_ID, method, path, json(body));
    if (answer.status() >= 300) {
      throw new AssertionError("%s %s: %s".formatted(method, path, answer));
    }
    return tree(answer);
  }

  private static String json(String body) {
    return body.startsWith("{'") ? body.replace('\'', '"') : body;
  }

  static JsonNode tree(Answer answer) {
    return answer.body() instanceof Answer.Body.Json(JsonNode tree)
        ? tree
        : JsonMapper.shared().createObjectNode();
  }

  /// Controllers work on a thread of their own: looks until it is so.
  static void eventually(Supplier<Boolean> condition) {
    eventually(condition, () -> "something else");
  }

  /// The same; `seen` tells what there is instead.
  static void eventually(Supplier<Boolean> condition, Supplier<?> seen) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.get()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not in " + PATIENCE + ", but: " + seen.get());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
