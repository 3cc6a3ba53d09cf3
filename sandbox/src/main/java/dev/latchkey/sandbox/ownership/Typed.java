// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.ownership;

import dev.latchkey.sandbox.schema.Trees;
import dev.latchkey.sandbox.schema.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Functions of values and their types.
final class Typed {
  private Typed() {}

  /// The paths that an object says something about.
  static FieldSet fields(Value type, JsonNode value) {
    return node(type, value).below();
  }

  private static FieldSet.Node node(Value type, JsonNode value) {
    boolean hollowObject = value.isNull() || (value.isObject() && value.isEmpty());
    if (Steps.isWhole(type) || hollowObject) {
      return FieldSet.LEAF;
    }
    // fields of a type are known by the type; keys and elements are there only because one is
    boolean named = type instanceof Value.Reference;
    var nodes = new TreeMap<String, FieldSet.Node>();
    Steps.of(type, value)
        .forEach(
            (step, part) -> {
              FieldSet.Node below = node(part.type(), part.value());
              nodes.put(step, named ? below : below.asMember());
            });
    return new FieldSet.Node(false, FieldSet.of(nodes));
  }

  /// The set and the named fields that lie above its paths.
  static FieldSet withNamedFields(Value type, FieldSet set) {
    var nodes = new TreeMap<String, FieldSet.Node>();
    set.nodes()
        .forEach(
            (step, node) -> {
              Value below = typeAt(type, step);
              FieldSet inside = withNamedFields(below, node.below());
              boolean named = type instanceof Value.Reference;
              nodes.put(
                  step, new FieldSet.Node(node.isMember() || (named && !inside.isEmpty()), inside));
            });
    return FieldSet.of(nodes);
  }

  private static Value typeAt(Value type, String step) {
    return switch (type) {
      case Value.Reference reference ->
          reference
              .structure()
              .field(step.substring(2))
              .map(field -> field.value())
              .orElse(new Value.Special(Value.Form.JSON));
      case Value.Dictionary map -> map.element();
      case Value.Listing list -> list.element();
      case Value.Scalar scalar -> scalar;
      case Value.Special special -> special;
    };
  }

  /// What is there, with what is wanted laid over it.
  static JsonNode merged(Value type, JsonNode there, JsonNode wanted) {
    boolean alike =
        (there instanceof ObjectNode && wanted instanceof ObjectNode)
            || (there instanceof ArrayNode && wanted instanceof ArrayNode);
    if (Steps.isWhole(type) || !alike) {
      return wanted.deepCopy();
    }
    return there instanceof ArrayNode
        ? mergedList(type, there, wanted)
        : mergedObject(type, (ObjectNode) there, wanted);
  }

  private static ObjectNode mergedObject(Value type, ObjectNode there, JsonNode wanted) {
    ObjectNode result = there.deepCopy();
    for (Steps.Part part : Steps.of(type, wanted).values()) {
      JsonNode old = there.get(part.name());
      result.set(
          part.name(),
          old == null ? part.value().deepCopy() : merged(part.type(), old, part.value()));
    }
    return result;
  }

  /// In the order of what is wanted; what only the other side has keeps its place before what
  /// follows it there.
  private static ArrayNode mergedList(Value type, JsonNode there, JsonNode wanted) {
    var old = Steps.of(type, there);
    var now = Steps.of(type, wanted);
    var result = new LinkedHashMap<String, JsonNode>();
    var rest = new ArrayDeque<>(old.keySet());
    for (String step : now.keySet()) {
      while (!rest.isEmpty() && !now.containsKey(rest.peekFirst())) {
        String only = rest.removeFirst();
        result.put(only, part(old, only).value().deepCopy());
      }
      Steps.Part part = part(now, step);
      Steps.Part same = old.get(step);
      result.put(
          step,
          same == null ? part.value().deepCopy() : merged(part.type(), same.value(), part.value()));
      rest.remove(step);
    }
    rest.forEach(only -> result.put(only, part(old, only).value().deepCopy()));
    return Trees.array().addAll(result.values());
  }

  private static Steps.Part part(Map<String, Steps.Part> parts, String step) {
    return Objects.requireNonNull(parts.get(step));
  }

  /// The value without the paths of the set.
  static JsonNode without(Value type, JsonNode value, FieldSet gone) {
    if (gone.isEmpty() || Steps.isWhole(type)) {
      return value;
    }
    boolean object = value.isObject();
    ObjectNode fields = object ? ((ObjectNode) value).deepCopy() : Trees.object();
    var elements = new ArrayList<JsonNode>();
    Steps.of(type, value)
        .forEach(
            (step, part) -> {
              FieldSet.Node node = gone.at(step);
              JsonNode rest = without(part.type(), part.value(), node.below());
              boolean emptied = rest.isContainer() && rest.isEmpty() && !part.value().isEmpty();
              if (node.isMember() || emptied) {
                fields.remove(part.name());
              } else {
                fields.set(part.name(), rest);
                elements.add(rest);
              }
            });
    return object ? fields : Trees.array().addAll(elements);
  }
}
