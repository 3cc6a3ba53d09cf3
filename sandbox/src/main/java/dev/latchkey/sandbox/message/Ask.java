// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.message;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One request as a simulated service sees it.
///
/// @param method upper case
/// @param path decoded, begins with `/`, without the query
/// @param query decoded, names as sent, in the order sent
/// @param headers names in lower case
/// @param body empty when there was none
/// @param clientCertificate the subject (`CN=…, O=…`) of a verified TLS client certificate
public record Ask(
    Origin origin,
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    byte[] body,
    Optional<String> clientCertificate) {

  /// The first value of a header, its name in lower case.
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /// The first value of a query parameter, its name compared without case, as ARM does.
  public Optional<String> parameter(String name) {
    return query.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .flatMap(entry -> entry.getValue().stream())
        .findFirst();
  }

  /// The token of an `Authorization: Bearer` header.
  public Optional<String> bearer() {
    return header("authorization")
        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(value -> value.substring(7).strip());
  }

  /// The body as text.
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
