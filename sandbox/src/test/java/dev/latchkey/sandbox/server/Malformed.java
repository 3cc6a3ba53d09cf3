// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Requests that nobody should send, made from good ones: each number gives one, always the same.
///
/// @param good a token of somebody who may do everything, for ARM, Entra ID, Key Vault and clusters
/// @param bad what else may stand behind `Bearer`
record Malformed(long seed, List<String> good, List<String> bad) {
  private static final String GROUP =
      "/subscriptions/" + DefaultFleet.firstSubscription() + "/resourceGroups/rg-weu";
  private static final String CLUSTER =
      GROUP + "/providers/Microsoft.ContainerService/managedClusters/aks-weu-1";
  private static final String IDENTITY =
      GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-orders";

  private static final List<String> METHODS =
      List.of("GET", "GET", "GET", "PUT", "PUT", "POST", "PATCH", "DELETE", "HEAD", "OPTIONS", "X");

  private static final List<String> ARM_PATHS =
      List.of(
          "/",
          "/subscriptions",
          "/tenants",
          "/subscriptions/" + DefaultFleet.firstSubscription(),
          "/subscriptions/" + DefaultFleet.firstSubscription() + "/resources",
          GROUP,
          GROUP + "/resources",
          CLUSTER,
          CLUSTER + "/listClusterUserCredential",
          CLUSTER + "/listClusterAdminCredential",
          CLUSTER + "/stop",
          CLUSTER + "/runCommand",
          CLUSTER + "/commandResults/1",
          CLUSTER + "/agentPools",
          CLUSTER + "/agentPools/nodepool1",
          IDENTITY,
          IDENTITY + "/federatedIdentityCredentials",
          IDENTITY + "/federatedIdentityCredentials/orders",
          DefaultFleet.vaultId(),
          DefaultFleet.vaultId() + "/secrets",
          DefaultFleet.vaultId() + "/secrets/db-password",
          DefaultFleet.vaultId() + "/accessPolicies/add",
          DefaultFleet.vaultId() + "/providers/Microsoft.Authorization/roleAssignments",
          DefaultFleet.vaultId()
              + "/secrets/db-password/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-000000000007",
          "/subscriptions/"
              + DefaultFleet.firstSubscription()
              + "/providers/Microsoft.Authorization/roleDefinitions",
          GROUP + "/providers/Microsoft.Authorization/permissions",
          GROUP + "/providers/Microsoft.Authorization/locks/l",
          "/subscriptions/"
              + DefaultFleet.firstSubscription()
              + "/providers/Microsoft.ContainerService/locations/westeurope/operations/1",
          "/metadata/endpoints");

  private static final Set<String> KEPT =
      Set.of(GROUP, CLUSTER, CLUSTER + "/stop", DefaultFleet.vaultId());

  private static final List<String> ENTRA_PATHS =
      List.of(
          "/" + DefaultFleet.TENANT + "/oauth2/v2.0/token",
          "/" + DefaultFleet.TENANT + "/oauth2/token",
          "/" + DefaultFleet.TENANT + "/v2.0/.well-known/openid-configuration",
          "/" + DefaultFleet.TENANT + "/discovery/v2.0/keys",
          "/common/discovery/instance",
          "/" + DefaultFleet.TENANT + "/5a2d8c44-9b1e-4f0a-8d56-2c7e1f3b9a60/openid/v1/jwks",
          "/v1.0/servicePrincipals",
          "/.latchkey-sandbox/clock/advance");

  private static final List<String> VAULT_PATHS =
      List.of(
          "/secrets",
          "/secrets/db-password",
          "/secrets/db-password/",
          "/secrets/db-password/versions",
          "/secrets/db-password/0123456789abcdef0123456789abcdef",
          "/secrets/db-password/backup",
          "/secrets/restore",
          "/deletedsecrets",
          "/deletedsecrets/db-password/recover",
          "/keys/k");

  private static final List<String> CLUSTER_PATHS =
      List.of(
          "/api",
          "/apis",
          "/version",
          "/openapi/v2",
          "/openapi/v3",
          "/openapi/v3/apis/apps/v1",
          "/api/v1/namespaces",
          "/api/v1/namespaces/default",
          "/api/v1/namespaces/default/pods",
          "/api/v1/namespaces/default/pods/p/log",
          "/api/v1/namespaces/default/pods/p/exec",
          "/api/v1/namespaces/default/secrets/s",
          "/api/v1/namespaces/default/serviceaccounts/default",
          "/api/v1/namespaces/default/serviceaccounts/default/token",
          "/apis/apps/v1/namespaces/default/deployments",
          "/apis/apps/v1/namespaces/default/deployments/d",
          "/apis/apps/v1/namespaces/default/deployments/d/scale",
          "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
          "/apis/authentication.k8s.io/v1/selfsubjectreviews",
          "/apis/rbac.authorization.k8s.io/v1/clusterroles/view",
          "/apis/batch/v1/namespaces/default/jobs");

  private static final List<String> BODIES =
      List.of(
          "",
          "{}",
          "[]",
          "null",
          "7",
          "\"text\"",
          "{\"properties\":{}}",
          "{\"properties\":null,\"location\":7,\"tags\":[]}",
          "{\"location\":\"westeurope\",\"identity\":{\"type\":\"SystemAssigned\"},\"properties\":{\"agentPoolProfiles\":[{\"name\":\"nodepool1\",\"count\":3,\"mode\":\"System\"}],\"oidcIssuerProfile\":{\"enabled\":true}}}",
          "{\"properties\":{\"issuer\":\"https://localhost/a/b/\",\"subject\":\"system:serviceaccount:a:b\",\"audiences\":[\"api://AzureADTokenExchange\"]}}",
          "{\"properties\":{\"roleDefinitionId\":\"/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6\",\"principalId\":\"c3f1e7d2-64ab-4c98-b0e5-7d9a12f48e31\",\"condition\":\"((\",\"conditionVersion\":\"2.0\"}}",
          "{\"value\":\"v\",\"attributes\":{\"enabled\":true,\"exp\":1},\"tags\":{\"a\":\"b\"}}",
          "{\"metadata\":{\"name\":\"x\",\"labels\":{\"a\":\"b\"},\"namespace\":\"default\"},\"spec\":{\"replicas\":1,\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}",
          "{\"spec\":{\"audiences\":[\"a\"],\"expirationSeconds\":3600,\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\"}}}",
          "[{\"op\":\"replace\",\"path\":\"/metadata/labels\",\"value\":7},{\"op\":\"test\",\"path\":\"/~2\"}]",
          "grant_type=client_credentials&client_id=5a2d8c44-9b1e-4f0a-8d56-2c7e1f3b9a60&scope=x/.default&client_assertion=TOKEN",
          "grant_type=client_credentials&client_id=%ZZ&&=&scope=%",
          "a: &a [*a]\nb: !!java.net.URL x",
          "\u0000k8s garbage");

  private static final List<String> TYPES =
      List.of(
          "application/json",
          "application/x-www-form-urlencoded",
          "application/merge-patch+json",
          "application/strategic-merge-patch+json",
          "application/json-patch+json",
          "application/apply-patch+yaml",
          "application/yaml",
          "application/vnd.kubernetes.protobuf",
          "text/plain",
          ";;;",
          "");

  private static final List<String> VERSIONS =
      List.of(
          "2022-04-01",
          "2025-03-01",
          "2023-01-31",
          "2023-07-01",
          "7.4",
          "2022-12-01",
          "1999-01-01",
          "2025-99-99",
          "",
          "x",
          "2025-03-01-preview");

  private static final List<String> PARAMETERS =
      List.of(
          "$filter",
          "$top",
          "$skiptoken",
          "maxresults",
          "limit",
          "continue",
          "labelSelector",
          "fieldSelector",
          "resourceVersion",
          "resourceVersionMatch",
          "timeoutSeconds",
          "fieldManager",
          "fieldValidation",
          "dryRun",
          "force",
          "propagationPolicy",
          "gracePeriodSeconds",
          "tailLines",
          "container",
          "format");

  private static final List<String> VALUES =
      List.of(
          "",
          "-1",
          "0",
          "1",
          "99999999999999999999",
          "true",
          "atScope()",
          "principalId eq 'x'",
          "assignedTo('",
          "name eq",
          "a=b,!c,d in (e,f",
          "metadata.name=x",
          "Strict",
          "All",
          "\u0000",
          "💥");

  private static final String ODD = "%/\\.?#&=;:\"'{}[]()<>$^|~\u0000\u00e4\u2028";

  Ask number(int index) {
    var random = new SplittableRandom(seed * 1_000_003 + index);
    int place = random.nextInt(4);
    String straight = one(random, paths(place));
    String path = random.nextInt(3) == 0 ? bent(random, straight) : straight;
    return new Ask(
        origin(random, place),
        method(random, path),
        path.startsWith("/") ? path : "/" + path,
        query(random, place),
        headers(random, place),
        body(random),
        certificate(random));
  }

  /// What all other requests are about is not deleted, or they would all end in its absence.
  private static String method(SplittableRandom random, String path) {
    String method = one(random, METHODS);
    return KEPT.contains(path) && method.equals("DELETE") ? "GET" : method;
  }

  private static List<String> paths(int place) {
    return switch (place) {
      case 0 -> ARM_PATHS;
      case 1 -> ENTRA_PATHS;
      case 2 -> VAULT_PATHS;
      default -> CLUSTER_PATHS;
    };
  }

  private static Origin origin(SplittableRandom random, int place) {
    boolean known = random.nextInt(20) > 0;
    return switch (place) {
      case 2 -> new Origin.Vault(known ? DefaultFleet.VAULT : "kv-none");
      case 3 -> new Origin.Cluster((known ? CLUSTER : CLUSTER + "-none").toLowerCase(Locale.ROOT));
      default -> new Origin.Front();
    };
  }

  private static Optional<String> certificate(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> Optional.of("CN=x, O=y");
      case 1 -> Optional.of("CN=masterclient, O=system:masters");
      default -> Optional.empty();
    };
  }

  private Map<String, List<String>> headers(SplittableRandom random, int place) {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("content-type", List.of(one(random, TYPES)));
    String token = random.nextInt(5) == 0 ? one(random, bad) : good.get(place);
    switch (random.nextInt(16)) {
      case 0 -> {}
      case 1 -> headers.put("authorization", List.of("Bearer"));
      case 2 -> headers.put("authorization", List.of("Basic " + token));
      case 3 -> headers.put("authorization", List.of("Bearer " + bent(random, token)));
      default -> headers.put("authorization", List.of("Bearer " + token));
    }
    if (random.nextInt(10) == 0) {
      headers.put("if-match", List.of(one(random, VALUES)));
      headers.put("if-none-match", List.of(one(random, VALUES)));
    }
    if (random.nextInt(10) == 0) {
      headers.put("accept", List.of(one(random, TYPES) + ";as=Table;g=meta.k8s.io;v=v1"));
      headers.put("impersonate-user", List.of(one(random, VALUES)));
    }
    return headers;
  }

  private static Map<String, List<String>> query(SplittableRandom random, int place) {
    Map<String, List<String>> query = new HashMap<>();
    if (random.nextInt(8) > 0) {
      boolean fits = place == 2 && random.nextInt(3) > 0;
      query.put("api-version", List.of(fits ? "7.4" : one(random, VERSIONS)));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      query.put(one(random, PARAMETERS), List.of(one(random, VALUES)));
    }
    return query;
  }

  private byte[] body(SplittableRandom random) {
    String body = one(random, BODIES).replace("TOKEN", one(random, bad));
    return switch (random.nextInt(8)) {
      case 0 ->
          body.substring(0, random.nextInt(body.length() + 1)).getBytes(StandardCharsets.UTF_8);
      case 1 -> bent(random, body).getBytes(StandardCharsets.UTF_8);
      case 2 -> body.getBytes(StandardCharsets.UTF_16);
      case 3 -> ("[".repeat(random.nextInt(3000)) + body).getBytes(StandardCharsets.UTF_8);
      default -> body.getBytes(StandardCharsets.UTF_8);
    };
  }

  /// A text with a few letters lost, doubled, swapped for odd ones, or with a segment too many.
  static String bent(SplittableRandom random, String text) {
    var bent = new StringBuilder(text);
    for (int i = random.nextInt(4); i > 0 && !bent.isEmpty(); i--) {
      int at = random.nextInt(bent.length());
      switch (random.nextInt(6)) {
        case 0 -> bent.deleteCharAt(at);
        case 1 -> bent.insert(at, bent.charAt(at));
        case 2 -> bent.setCharAt(at, ODD.charAt(random.nextInt(ODD.length())));
        case 3 -> bent.insert(at, "/../");
        case 4 -> bent.append("/").append(random.nextInt());
        default -> bent.insert(at, "a".repeat(random.nextInt(300)));
      }
    }
    return bent.toString();
  }

  private static <T> T one(SplittableRandom random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
