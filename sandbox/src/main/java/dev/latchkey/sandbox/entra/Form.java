// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import dev.latchkey.sandbox.entra.Refusal.ParameterMissing;
import dev.latchkey.sandbox.message.Ask;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The parameters of an `application/x-www-form-urlencoded` body; the first of a name counts.
///
/// A client may also name itself and its secret in an `Authorization: Basic` header.
final class Form {
  private static final String BASIC = "Basic ";

  private final Map<String, String> values = new HashMap<>();

  /// Reads a request; what cannot be decoded counts as absent.
  Form(Ask ask) {
    for (String pair : ask.text().split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        add(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    ask.header("authorization")
        .filter(header -> header.regionMatches(true, 0, BASIC, 0, BASIC.length()))
        .ifPresent(header -> addBasic(header.substring(BASIC.length()).strip()));
  }

  private void add(String name, String value) {
    try {
      values.putIfAbsent(decoded(name), decoded(value));
    } catch (IllegalArgumentException e) {
      // a stray percent sign: the parameter is missing, and the answer says which
    }
  }

  private void addBasic(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      if (colon > 0) {
        add("client_id", pair.substring(0, colon));
        add("client_secret", pair.substring(colon + 1));
      }
    } catch (IllegalArgumentException e) {
      // not base64: as if the header were missing
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /// The value of a parameter without which there is no answer.
  String required(String name) throws Refused {
    return value(name).orElseThrow(() -> new Refused(new ParameterMissing(name)));
  }
}
