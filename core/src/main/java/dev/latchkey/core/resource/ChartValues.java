// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Values of a Helm chart: maps, lists, texts, numbers and booleans. Hidden from formatters, since
/// charts are sometimes given secrets that way.
public final class ChartValues {
  private final Map<String, Object> tree;

  /// Wraps a tree that nobody changes afterwards.
  public ChartValues(Map<String, Object> tree) {
    this.tree = tree;
  }

  /// No values.
  public static ChartValues none() {
    return new ChartValues(Map.of());
  }

  /// The tree itself, for the one that hands it to Helm.
  public Map<String, Object> tree() {
    return tree;
  }

  /// These values with the other ones laid over them, map by map; lists are replaced whole.
  public ChartValues with(ChartValues over) {
    return new ChartValues(merge(tree, over.tree));
  }

  @SuppressWarnings("unchecked") // a tree of values has texts as keys at every level
  private static Map<String, Object> merge(Map<String, Object> under, Map<String, Object> over) {
    var merged = new LinkedHashMap<>(under);
    // not Map.merge, which takes no null: null takes a chart's default away, as in Helm
    over.forEach(
        (key, above) ->
            merged.put(
                key,
                merged.get(key) instanceof Map<?, ?> lower && above instanceof Map<?, ?> upper
                    ? merge((Map<String, Object>) lower, (Map<String, Object>) upper)
                    : above));
    return merged;
  }

  /// Numbers are equal when they are the same number: Helm keeps `1.0` as `1`, and a reader may
  /// choose another type than the one that wrote it.
  @Override
  public boolean equals(Object other) {
    return other instanceof ChartValues values && plain(values.tree).equals(plain(tree));
  }

  @Override
  public int hashCode() {
    return plain(tree).hashCode();
  }

  private static Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> Optional.empty();
      case Map<?, ?> map -> {
        var members = new LinkedHashMap<Object, Object>();
        map.forEach((key, member) -> members.put(key, plain(member)));
        yield members;
      }
      case List<?> list -> list.stream().map(ChartValues::plain).toList();
      case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
      default -> value;
    };
  }

  @Override
  public String toString() {
    return "ChartValues[hidden]";
  }
}
