// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

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

  @Override
  public boolean equals(Object other) {
    return other instanceof ChartValues values && values.tree.equals(tree);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(tree);
  }

  @Override
  public String toString() {
    return "ChartValues[hidden]";
  }
}
