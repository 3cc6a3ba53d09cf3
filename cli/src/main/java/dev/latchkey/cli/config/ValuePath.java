// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A path into chart values, as Helm's `--set` writes it: `image.tag`, `hosts[0].name`, and `a\.b`
/// for a key with a dot.
///
/// @see <a href="https://helm.sh/docs/intro/using_helm/">Helm</a>
final class ValuePath {
  private static final Pattern PART =
      Pattern.compile("((?:[^.\\[\\]\\\\]|\\\\.)+)((?:\\[\\d{1,4}])*)");
  private static final Pattern INDEX = Pattern.compile("\\[(\\d+)]");

  private final List<Segment> segments;

  private ValuePath(List<Segment> segments) {
    this.segments = segments;
  }

  /// The path; empty when the text is none.
  static Optional<ValuePath> of(String text) {
    var segments = new ArrayList<Segment>();
    var part = PART.matcher(text);
    int at = 0;
    while (part.find(at) && part.start() == at) {
      segments.add(new Segment.Key(part.group(1).replaceAll("\\\\(.)", "$1")));
      INDEX
          .matcher(part.group(2))
          .results()
          .forEach(index -> segments.add(new Segment.Index(Integer.parseInt(index.group(1)))));
      at = part.end();
      if (at == text.length()) {
        return Optional.of(new ValuePath(segments));
      }
      if (text.charAt(at) != '.') {
        return Optional.empty();
      }
      at++;
    }
    return Optional.empty();
  }

  /// The tree with a value put where this path leads; what is there already stays as it is.
  Map<String, @Nullable Object> put(Map<String, @Nullable Object> tree, @Nullable Object value) {
    return asMap(placed(tree, 0, value));
  }

  private @Nullable Object placed(@Nullable Object below, int depth, @Nullable Object value) {
    if (depth == segments.size()) {
      return value;
    }
    return switch (segments.get(depth)) {
      case Segment.Key(var key) -> {
        var map =
            below instanceof Map<?, ?>
                ? asMap(below)
                : new LinkedHashMap<String, @Nullable Object>();
        map.put(key, placed(map.get(key), depth + 1, value));
        yield map;
      }
      case Segment.Index(var index) -> {
        var list =
            new ArrayList<@Nullable Object>(below instanceof List<?> there ? there : List.of());
        while (list.size() <= index) {
          list.add(null);
        }
        list.set(index, placed(list.get(index), depth + 1, value));
        yield list;
      }
    };
  }

  private static Map<String, @Nullable Object> asMap(@Nullable Object tree) {
    var map = new LinkedHashMap<String, @Nullable Object>();
    if (tree instanceof Map<?, ?> there) {
      there.forEach((key, value) -> map.put(String.valueOf(key), value));
    }
    return map;
  }

  private sealed interface Segment {
    record Key(String name) implements Segment {}

    record Index(int number) implements Segment {}
  }
}
