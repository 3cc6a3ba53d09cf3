// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The parameters of an `application/x-www-form-urlencoded` body; the first of a name counts.
final class Form {
  private final Map<String, String> values = new HashMap<>();

  /// Reads a body; what cannot be decoded counts as absent.
  Form(String body) {
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        add(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
  }

  private void add(String name, String value) {
    try {
      values.putIfAbsent(decoded(name), decoded(value));
    } catch (IllegalArgumentException e) {
      // a stray percent sign: the parameter is missing, and the answer says which
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }
}
