// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.ownership;

import dev.latchkey.sandbox.schema.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What differs between two values of one type.
record Comparison(FieldSet added, FieldSet removed, FieldSet modified) {

  static Comparison of(Value type, JsonNode before, JsonNode after) {
    var walk = new Walk();
    walk.compare(type, before, after);
    return new Comparison(walk.added, walk.removed, walk.modified);
  }

  FieldSet written() {
    return added.with(modified);
  }

  /// Without a field of the object itself.
  Comparison withoutField(String name) {
    return new Comparison(
        added.withoutField(name), removed.withoutField(name), modified.withoutField(name));
  }

  /// Whether two values are the same, numbers by what they say and not by their width.
  static boolean same(JsonNode first, JsonNode second) {
    return first.equals(second) || first.toString().equals(second.toString());
  }

  private static final class Walk {
    private final Deque<String> path = new ArrayDeque<>();
    private FieldSet added = FieldSet.EMPTY;
    private FieldSet removed = FieldSet.EMPTY;
    private FieldSet modified = FieldSet.EMPTY;

    void compare(Value type, @Nullable JsonNode before, @Nullable JsonNode after) {
      if (Steps.isWhole(type) || (isHollow(before) && isHollow(after))) {
        leaf(before, after);
        return;
      }
      var old = Steps.withUnwritten(type, before);
      var now = Steps.withUnwritten(type, after);
      var steps = new LinkedHashSet<>(old.keySet());
      steps.addAll(now.keySet());
      for (String step : steps) {
        Steps.@Nullable Part first = old.get(step);
        Steps.@Nullable Part second = now.get(step);
        Value part = Objects.requireNonNull(first != null ? first : second).type();
        path.addLast(step);
        compare(part, first == null ? null : first.value(), second == null ? null : second.value());
        path.removeLast();
      }
      if (before == null || after == null) {
        leaf(before, after);
      }
    }

    /// Empty, null or not there: then it is owned as one, which keeps these three apart.
    private static boolean isHollow(@Nullable JsonNode value) {
      return value == null || value.isNull() || (value.isContainer() && value.isEmpty());
    }

    private void leaf(@Nullable JsonNode before, @Nullable JsonNode after) {
      if (path.isEmpty() || (before == null && after == null)) {
        return;
      }
      FieldSet here = FieldSet.ofPath(List.copyOf(path));
      if (before == null) {
        added = added.with(here);
      } else if (after == null) {
        removed = removed.with(here);
      } else if (!same(before, after)) {
        modified = modified.with(here);
      }
    }
  }
}
