// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.fault;

import dev.latchkey.sandbox.fault.FaultFile.Mistake;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// The keys of one mapping, and what is wrong with them.
record RuleKeys(MappingNode mapping, List<Mistake> mistakes) {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m)");

  static void complain(List<Mistake> mistakes, Node node, String text) {
    int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    int column = node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
    mistakes.add(new Mistake(line, column, text));
  }

  void complain(String text) {
    complain(mistakes, mapping, text);
  }

  void complain(String key, String text) {
    complain(mistakes, node(key).orElse(mapping), text);
  }

  void knowOnly(List<String> known) {
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!known.contains(key)) {
        complain(
            mistakes,
            tuple.getKeyNode(),
            "unknown key `%s`; known are %s".formatted(key, String.join(", ", known)));
      }
    }
  }

  Optional<Node> node(String key) {
    return mapping.getValue().stream()
        .filter(each -> each.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key))
        .map(NodeTuple::getValueNode)
        .findFirst();
  }

  boolean has(String key) {
    return node(key).isPresent();
  }

  Optional<String> text(String key) {
    return read(key, "a text", Optional::of);
  }

  Optional<String> word(String key, List<String> allowed) {
    return read(
        key,
        "one of " + String.join(", ", allowed),
        text -> Optional.of(text).filter(allowed::contains));
  }

  /// A value; empty when it is not there, or not what is expected, which is then complained about.
  <T> Optional<T> read(String key, String expected, Function<String, Optional<T>> reader) {
    Optional<Node> node = node(key);
    Optional<T> value =
        node.flatMap(
            each ->
                each instanceof ScalarNode scalar
                    ? reader.apply(scalar.getValue())
                    : Optional.empty());
    if (node.isPresent() && value.isEmpty()) {
      complain(key, "`%s` must be %s".formatted(key, expected));
    }
    return value;
  }

  Optional<Duration> duration(String key) {
    return read(key, "a duration such as 500ms, 2s or 1m", RuleKeys::spoken);
  }

  private static Optional<Duration> spoken(String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(parts.group(1));
    return Optional.of(
        switch (parts.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          default -> Duration.ofMinutes(number);
        });
  }
}
