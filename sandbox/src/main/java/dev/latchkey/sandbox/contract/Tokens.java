// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds the generated parts of a text.
final class Tokens {
  private static final Pattern ANY =
      Pattern.compile(
          Arrays.stream(Token.values())
              .map(token -> "(?<" + group(token) + ">" + token.form() + ")")
              .collect(Collectors.joining("|")));

  private Tokens() {}

  private static String group(Token token) {
    return token.name().replace("_", "");
  }

  /// One generated part.
  record Found(Token token, String text) {}

  /// The text with each generated part, and each part between, replaced.
  static String rewritten(
      String text, Function<String, String> between, Function<Found, String> generated) {
    var result = new StringBuilder();
    Matcher matcher = ANY.matcher(text);
    int end = 0;
    while (matcher.find()) {
      result.append(between.apply(text.substring(end, matcher.start())));
      result.append(generated.apply(new Found(kind(matcher), matcher.group())));
      end = matcher.end();
    }
    return result.append(between.apply(text.substring(end))).toString();
  }

  private static Token kind(Matcher matcher) {
    return Arrays.stream(Token.values())
        .filter(token -> matcher.group(group(token)) != null)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("one of the alternatives matched"));
  }
}
