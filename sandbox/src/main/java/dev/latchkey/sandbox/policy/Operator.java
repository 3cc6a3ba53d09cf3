// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// How a policy compares a field; all texts without regard to case.
///
/// @see <a
///   href="https://learn.microsoft.com/azure/governance/policy/concepts/definition-structure-policy-rule">
///   conditions</a>
enum Operator {
  EQUALS("Equals"),
  NOT_EQUALS("NotEquals"),
  LIKE("Like"),
  NOT_LIKE("NotLike"),
  CONTAINS("Contains"),
  NOT_CONTAINS("NotContains"),
  IN("In"),
  NOT_IN("NotIn"),
  EXISTS("Exists");

  private final String word;

  Operator(String word) {
    this.word = word;
  }

  /// As the details of a denial write it.
  String word() {
    return word;
  }

  static Optional<Operator> named(String word) {
    return Stream.of(values()).filter(one -> one.word.equalsIgnoreCase(word)).findFirst();
  }

  /// Whether it holds for all values of a field: one, several of an array, or none of a missing
  /// field, which equals nothing.
  boolean holds(List<JsonNode> values, JsonNode target) {
    return switch (this) {
      case EQUALS -> each(values, value -> text(value).equals(text(target)));
      case NOT_EQUALS -> values.stream().noneMatch(value -> text(value).equals(text(target)));
      case LIKE -> each(values, value -> like(text(value), text(target)));
      case NOT_LIKE -> values.stream().noneMatch(value -> like(text(value), text(target)));
      case CONTAINS -> each(values, value -> contains(value, target));
      case NOT_CONTAINS -> values.stream().noneMatch(value -> contains(value, target));
      case IN -> each(values, value -> in(value, target));
      case NOT_IN -> values.stream().noneMatch(value -> in(value, target));
      case EXISTS -> values.isEmpty() != text(target).equals("true");
    };
  }

  private static boolean each(List<JsonNode> values, Predicate<JsonNode> holds) {
    return !values.isEmpty() && values.stream().allMatch(holds);
  }

  private static boolean like(String value, String pattern) {
    return Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), value);
  }

  private static boolean contains(JsonNode value, JsonNode target) {
    return value.isArray() ? in(target, value) : text(value).contains(text(target));
  }

  private static boolean in(JsonNode value, JsonNode list) {
    return list.valueStream().anyMatch(one -> text(one).equals(text(value)));
  }

  private static String text(JsonNode value) {
    return (value.isValueNode() ? value.asString("") : value.toString()).toLowerCase(Locale.ROOT);
  }
}
