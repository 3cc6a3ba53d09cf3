// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/// How a condition compares two values.
///
/// A value that is no number, date or truth value where one is compared fits nothing, whichever way
/// it is compared.
///
/// @see <a href="https://learn.microsoft.com/azure/role-based-access-control/conditions-format">all
///   operators</a>
enum Comparison {
  STRING_EQUALS(String::equals),
  STRING_NOT_EQUALS(not(String::equals)),
  STRING_EQUALS_IGNORE_CASE(String::equalsIgnoreCase),
  STRING_NOT_EQUALS_IGNORE_CASE(not(String::equalsIgnoreCase)),
  STRING_STARTS_WITH(String::startsWith),
  STRING_NOT_STARTS_WITH(not(String::startsWith)),
  STRING_STARTS_WITH_IGNORE_CASE(lower(String::startsWith)),
  STRING_NOT_STARTS_WITH_IGNORE_CASE(not(lower(String::startsWith))),
  STRING_LIKE(Comparison::like),
  STRING_NOT_LIKE(not(Comparison::like)),
  STRING_LIKE_IGNORE_CASE(lower(Comparison::like)),
  STRING_NOT_LIKE_IGNORE_CASE(not(lower(Comparison::like))),
  GUID_EQUALS(String::equalsIgnoreCase),
  GUID_NOT_EQUALS(not(String::equalsIgnoreCase)),
  BOOL_EQUALS(ordered(Comparison::truth, order -> order == 0)),
  BOOL_NOT_EQUALS(ordered(Comparison::truth, order -> order != 0)),
  NUMERIC_EQUALS(ordered(Comparison::number, order -> order == 0)),
  NUMERIC_NOT_EQUALS(ordered(Comparison::number, order -> order != 0)),
  NUMERIC_LESS_THAN(ordered(Comparison::number, order -> order < 0)),
  NUMERIC_LESS_THAN_EQUALS(ordered(Comparison::number, order -> order <= 0)),
  NUMERIC_GREATER_THAN(ordered(Comparison::number, order -> order > 0)),
  NUMERIC_GREATER_THAN_EQUALS(ordered(Comparison::number, order -> order >= 0)),
  DATE_TIME_EQUALS(ordered(Comparison::moment, order -> order == 0)),
  DATE_TIME_NOT_EQUALS(ordered(Comparison::moment, order -> order != 0)),
  DATE_TIME_LESS_THAN(ordered(Comparison::moment, order -> order < 0)),
  DATE_TIME_LESS_THAN_EQUALS(ordered(Comparison::moment, order -> order <= 0)),
  DATE_TIME_GREATER_THAN(ordered(Comparison::moment, order -> order > 0)),
  DATE_TIME_GREATER_THAN_EQUALS(ordered(Comparison::moment, order -> order >= 0));

  private final BiPredicate<String, String> holds;

  Comparison(BiPredicate<String, String> holds) {
    this.holds = holds;
  }

  boolean holds(String left, String right) {
    return holds.test(left, right);
  }

  /// The operator of this word, whatever its casing.
  static Optional<Comparison> named(String word) {
    return List.of(values()).stream()
        .filter(comparison -> comparison.name().replace("_", "").equalsIgnoreCase(word))
        .findFirst();
  }

  private static BiPredicate<String, String> not(BiPredicate<String, String> holds) {
    return holds.negate();
  }

  private static BiPredicate<String, String> lower(BiPredicate<String, String> holds) {
    return (left, right) ->
        holds.test(left.toLowerCase(Locale.ROOT), right.toLowerCase(Locale.ROOT));
  }

  private static boolean like(String text, String pattern) {
    String expression = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.matches(expression, text);
  }

  private static <T extends Comparable<T>> BiPredicate<String, String> ordered(
      Function<String, Optional<T>> read, IntPredicate holds) {
    return (left, right) ->
        read.apply(left)
            .flatMap(one -> read.apply(right).map(one::compareTo))
            .map(holds::test)
            .orElse(false);
  }

  private static Optional<Boolean> truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<BigDecimal> number(String text) {
    return text.matches("-?\\d{1,30}(\\.\\d{1,30})?")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  private static Optional<Instant> moment(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
