// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// One recorded request and its answer.
///
/// @param sentHeaders names in lower case
/// @param sent the body that was sent; missing for none
/// @param headers of the answer, found without regard to case
/// @param body of the answer; missing for none
record Exchange(
    String method,
    Url url,
    Map<String, String> sentHeaders,
    JsonNode sent,
    int status,
    Map<String, String> headers,
    JsonNode body) {

  Exchange {
    sentHeaders = Map.copyOf(sentHeaders);
    var anyCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = anyCase;
  }

  /// The service that was asked.
  Addressee addressee() {
    return Addressee.of(url);
  }

  /// The path of the request, decoded.
  String path() {
    return url.path();
  }

  /// The code of an error, with or without its wrapper.
  String code() {
    String wrapped = body.path("error").path("code").asString("");
    return wrapped.isEmpty() && status >= 400 ? body.path("code").asString("") : wrapped;
  }

  /// The message of an error, with or without its wrapper.
  String message() {
    String wrapped = body.path("error").path("message").asString("");
    return wrapped.isEmpty() ? body.path("message").asString("") : wrapped;
  }

  String apiVersion() {
    return url.query().getOrDefault("api-version", List.of("")).getFirst();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  boolean succeeded() {
    return status < 300;
  }

  /// The type of the resource as the words of the path say it, in their casing.
  String type() {
    return ArmPath.type(url.path());
  }

  /// Whether the path names something of this type, or an action on it.
  boolean concerns(String type) {
    return (type().toLowerCase(Locale.ROOT) + "/").startsWith(type.toLowerCase(Locale.ROOT) + "/");
  }
}
