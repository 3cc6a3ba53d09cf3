// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.ownership;

import dev.latchkey.sandbox.schema.Structure;
import dev.latchkey.sandbox.schema.Trees;
import dev.latchkey.sandbox.schema.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// The parts of a value that owners can own apart, each under the step that leads to it.
final class Steps {
  /// A part: where it lies, what it may hold, and what it holds.
  ///
  /// @param name the field's name; empty for elements of lists
  record Part(String name, Value type, JsonNode value) {}

  private Steps() {}

  /// Whether a value of this type is owned as one.
  static boolean isWhole(Value type) {
    return switch (type) {
      case Value.Scalar _, Value.Special _ -> true;
      case Value.Reference reference -> reference.whole() == Value.Whole.ATOMIC;
      case Value.Dictionary map -> map.whole() == Value.Whole.ATOMIC;
      case Value.Listing list -> list.ownership() instanceof Value.Ownership.Atomic;
    };
  }

  /// The parts that are there.
  static SequencedMap<String, Part> of(Value type, @Nullable JsonNode value) {
    var parts = new LinkedHashMap<String, Part>();
    switch (type) {
      case Value.Scalar _, Value.Special _ -> {}
      case Value.Reference reference when value instanceof ObjectNode object ->
          fields(reference.structure(), object, parts);
      case Value.Dictionary map when value instanceof ObjectNode object ->
          object
              .properties()
              .forEach(
                  each ->
                      parts.put(
                          "f:" + each.getKey(),
                          new Part(each.getKey(), map.element(), each.getValue())));
      case Value.Listing list when value != null ->
          Trees.items(value)
              .forEach(each -> parts.put(step(list, each), new Part("", list.element(), each)));
      case Value.Reference _, Value.Dictionary _, Value.Listing _ -> {}
    }
    return parts;
  }

  /// The same, and what is there although nobody wrote it, as the API server's own objects have it:
  /// empty structures, and nulls for what is required.
  static SequencedMap<String, Part> withUnwritten(Value type, @Nullable JsonNode value) {
    var parts = of(type, value);
    if (type instanceof Value.Reference reference && value instanceof ObjectNode) {
      for (Structure.Field field : reference.structure().fields().values()) {
        if (field.isAlwaysThere()) {
          parts.putIfAbsent(
              "f:" + field.name(), new Part(field.name(), field.value(), Trees.object()));
        } else if (field.isRequired()) {
          parts.putIfAbsent(
              "f:" + field.name(), new Part(field.name(), field.value(), NullNode.getInstance()));
        }
      }
    }
    return parts;
  }

  private static void fields(Structure structure, ObjectNode object, Map<String, Part> parts) {
    for (var each : object.properties()) {
      structure
          .field(each.getKey())
          .ifPresent(
              field ->
                  parts.put(
                      "f:" + each.getKey(),
                      new Part(each.getKey(), field.value(), each.getValue())));
    }
  }

  private static String step(Value.Listing list, JsonNode element) {
    return switch (list.ownership()) {
      case Value.Ownership.ByKeys keyed -> "k:" + keys(keyed.keys(), list.element(), element);
      case Value.Ownership.ByValue _, Value.Ownership.Atomic _ -> "v:" + element;
    };
  }

  private static String keys(List<String> names, Value type, JsonNode element) {
    var keys = new TreeMap<String, JsonNode>();
    for (String name : names) {
      JsonNode key = element.get(name);
      if (key != null) {
        keys.put(name, key);
      } else if (type instanceof Value.Reference reference) {
        reference
            .structure()
            .field(name)
            .map(Structure.Field::standard)
            .filter(standard -> !standard.isEmpty())
            .ifPresent(standard -> keys.put(name, StringNode.valueOf(standard)));
      }
    }
    return JsonMapper.shared().writeValueAsString(keys);
  }

  /// A path as Kubernetes shows it, such as `.spec.containers[name="web"].image`.
  static String shown(List<String> path) {
    return path.stream().map(Steps::shown).collect(Collectors.joining());
  }

  private static String shown(String step) {
    String rest = step.substring(2);
    return switch (step.charAt(0)) {
      case 'k' ->
          JsonMapper.shared().readTree(rest).properties().stream()
              .map(key -> key.getKey() + "=" + key.getValue())
              .collect(Collectors.joining(",", "[", "]"));
      case 'v' -> "[=" + rest + "]";
      case 'i' -> "[" + rest + "]";
      default -> "." + rest;
    };
  }
}
