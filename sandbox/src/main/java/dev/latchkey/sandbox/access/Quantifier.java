// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// How many of the values on each side of a comparison must fit: the cross product of the two
/// sides, as `ForAnyOfAnyValues` and its like say.
enum Quantifier {
  FOR_ANY_OF_ANY_VALUES,
  FOR_ALL_OF_ANY_VALUES,
  FOR_ANY_OF_ALL_VALUES,
  FOR_ALL_OF_ALL_VALUES;

  /// Nothing fits a side without values.
  boolean holds(List<String> left, Comparison comparison, List<String> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return false;
    }
    Stream<String> each = left.stream();
    Predicate<String> any = one -> right.stream().anyMatch(two -> comparison.holds(one, two));
    Predicate<String> all = one -> right.stream().allMatch(two -> comparison.holds(one, two));
    return switch (this) {
      case FOR_ANY_OF_ANY_VALUES -> each.anyMatch(any);
      case FOR_ALL_OF_ANY_VALUES -> each.allMatch(any);
      case FOR_ANY_OF_ALL_VALUES -> each.anyMatch(all);
      case FOR_ALL_OF_ALL_VALUES -> each.allMatch(all);
    };
  }

  /// The quantifier of this word, whatever its casing.
  static Optional<Quantifier> named(String word) {
    return List.of(values()).stream()
        .filter(quantifier -> quantifier.name().replace("_", "").equalsIgnoreCase(word))
        .findFirst();
  }
}
