// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Requests of whoever set up the simulated world, made in process.
public final class Operator {
  private Operator() {}

  /// A write to ARM.
  public static Ask put(String id, String apiVersion, JsonNode body) {
    return new Ask(
        new Origin.Front(),
        "PUT",
        id,
        Map.of("api-version", List.of(apiVersion)),
        Map.of("content-type", List.of("application/json")),
        body.toString().getBytes(StandardCharsets.UTF_8),
        Optional.empty());
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
