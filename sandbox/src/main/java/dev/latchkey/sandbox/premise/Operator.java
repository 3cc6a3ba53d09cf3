// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Requests of whoever set up the simulated world, made in process.
public final class Operator {
  private Operator() {}

  /// A write to ARM.
  public static Ask put(String id, String apiVersion, JsonNode body) {
    return toArm("PUT", id, apiVersion, body.toString());
  }

  /// Any request to ARM.
  ///
  /// @param body JSON; empty for none
  public static Ask toArm(String method, String id, String apiVersion, String body) {
    return new Ask(
        new Origin.Front(),
        method,
        id,
        Map.of("api-version", List.of(apiVersion)),
        Map.of("content-type", List.of("application/json")),
        body.getBytes(StandardCharsets.UTF_8),
        Optional.empty());
  }

  /// A request to a cluster's API server, of whoever holds its administrator's certificate.
  ///
  /// @param body JSON; empty for none
  public static Ask toCluster(String clusterId, String method, String path, String body) {
    return new Ask(
        new Origin.Cluster(clusterId.toLowerCase(Locale.ROOT)),
        method,
        path,
        Map.of(),
        Map.of("content-type", List.of(contentType(method))),
        body.getBytes(StandardCharsets.UTF_8),
        Optional.of("CN=administrator, O=system:masters"));
  }

  private static String contentType(String method) {
    return method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
  }

  /// The same request with a token.
  public static Ask with(Ask ask, String token) {
    Map<String, List<String>> headers = new HashMap<>(ask.headers());
    headers.put("authorization", List.of("Bearer " + token));
    return new Ask(
        ask.origin(),
        ask.method(),
        ask.path(),
        ask.query(),
        headers,
        ask.body(),
        ask.clientCertificate());
  }
}
