// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.message.Ask;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Reads the parameters of requests.
final class Query {
  private Query() {}

  /// Whether an object is one of those that are asked for, by its labels and fields.
  static Predicate<JsonNode> wanted(Ask ask) {
    Predicate<JsonNode> labels = Selectors.labels(ask.parameter("labelSelector").orElse(""));
    return labels.and(Selectors.fields(ask.parameter("fieldSelector").orElse("")));
  }

  /// Whether a parameter says yes.
  static boolean says(Ask ask, String parameter) {
    String said = ask.parameter(parameter).orElse("false");
    return said.equals("true") || said.equals("1") || said.isEmpty();
  }

  /// A whole number; empty when the parameter is not there.
  static Optional<Long> number(Ask ask, String parameter) {
    return ask.parameter(parameter)
        .filter(text -> !text.isEmpty())
        .map(text -> parse(parameter, text));
  }

  static long parse(String parameter, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest(
          "Invalid value for " + parameter + ": \"" + text + "\": not a number");
    }
  }
}
