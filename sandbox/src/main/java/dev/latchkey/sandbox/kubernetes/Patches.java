// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.schema.Structure;
import dev.latchkey.sandbox.schema.Trees;
import dev.latchkey.sandbox.schema.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The three kinds of patch, each a function of the object and the patch.
final class Patches {
  private static final Value ANYTHING = new Value.Special(Value.Form.JSON);
  private static final String DIRECTIVE = "$patch";
  private static final String ORDER = "$setElementOrder/";
  private static final String DELETE_TEXTS = "$deleteFromPrimitiveList/";
  private static final String RETAIN_KEYS = "$retainKeys";

  private Patches() {}

  /// The object after the patch of this media type.
  static ObjectNode apply(String mediaType, Value type, ObjectNode object, JsonNode patch) {
    ObjectNode copy = object.deepCopy();
    JsonNode result =
        switch (mediaType) {
          case "application/json-patch+json" -> json(copy, patch);
          case "application/merge-patch+json" -> merge(copy, patch);
          case "application/strategic-merge-patch+json" -> strategic(type, copy, asObject(patch));
          default ->
              throw Refusal.unsupportedMediaType(
                  mediaType,
                  "application/json-patch+json, application/merge-patch+json,"
                      + " application/strategic-merge-patch+json,"
                      + " application/apply-patch+yaml");
        };
    return asObject(result);
  }

  /// The object after the patch in the body of a request.
  static ObjectNode of(Ask ask, Value type, ObjectNode object) {
    return apply(Bodies.mediaType(ask), type, object, Bodies.json(ask.text()));
  }

  private static ObjectNode asObject(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw Refusal.badRequest("the patch does not give an object");
  }

  /// RFC 7396.
  static JsonNode merge(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode result = target instanceof ObjectNode object ? object : Trees.object();
    for (var change : changes.properties()) {
      if (change.getValue().isNull()) {
        result.remove(change.getKey());
      } else {
        result.set(change.getKey(), merge(result.path(change.getKey()), change.getValue()));
      }
    }
    return result;
  }

  private static ObjectNode strategic(Value type, ObjectNode target, ObjectNode patch) {
    if (Trees.text(patch, DIRECTIVE).equals("replace")) {
      ObjectNode whole = patch.deepCopy();
      whole.remove(DIRECTIVE);
      return whole;
    }
    retain(target, patch);
    for (var change : patch.properties()) {
      String name = change.getKey();
      JsonNode value = change.getValue();
      if (name.startsWith(DELETE_TEXTS)) {
        removeAll(target, name.substring(DELETE_TEXTS.length()), value);
      } else if (value.isNull()) {
        target.remove(name);
      } else if (!name.startsWith("$")) {
        target.set(name, strategicValue(type, name, target.path(name), value));
      }
    }
    for (var change : patch.properties()) {
      if (change.getKey().startsWith(ORDER)) {
        reorder(target, change.getKey().substring(ORDER.length()), change.getValue());
      }
    }
    return target;
  }

  private static void retain(ObjectNode target, ObjectNode patch) {
    if (patch.path(RETAIN_KEYS).isArray()) {
      List<String> kept =
          Trees.items(patch.path(RETAIN_KEYS)).stream().map(JsonNode::asString).toList();
      List.copyOf(target.propertyNames()).stream()
          .filter(name -> !kept.contains(name))
          .forEach(target::remove);
    }
  }

  private static JsonNode strategicValue(Value type, String name, JsonNode old, JsonNode value) {
    Optional<Structure.Field> field =
        type instanceof Value.Reference reference
            ? reference.structure().field(name)
            : Optional.empty();
    Value inside =
        type instanceof Value.Dictionary map
            ? map.element()
            : field.map(Structure.Field::value).orElse(ANYTHING);
    if (value instanceof ObjectNode object) {
      if (Trees.text(object, DIRECTIVE).equals("delete")) {
        return Trees.object();
      }
      return strategic(inside, old instanceof ObjectNode there ? there : Trees.object(), object);
    }
    if (value instanceof ArrayNode list) {
      Structure.Merge merge = field.map(Structure.Field::merge).orElse(Structure.Merge.NONE);
      Value element = inside instanceof Value.Listing listing ? listing.element() : ANYTHING;
      ArrayNode there = old instanceof ArrayNode array ? array : Trees.array();
      return merge.merges() ? mergedList(element, merge.key(), there, list) : whole(list);
    }
    return value;
  }

  private static ArrayNode whole(ArrayNode patch) {
    ArrayNode whole = Trees.array();
    Trees.items(patch).stream().filter(each -> !each.has(DIRECTIVE)).forEach(whole::add);
    return whole;
  }

  private static ArrayNode mergedList(Value element, String key, ArrayNode old, ArrayNode patch) {
    if (key.isEmpty()) {
      Trees.items(patch).stream()
          .filter(text -> !Trees.items(old).contains(text))
          .forEach(old::add);
      return old;
    }
    if (Trees.items(patch).stream().anyMatch(Patches::isReplace)) {
      return whole(patch);
    }
    var result = new ArrayList<>(Trees.items(old));
    for (JsonNode each : patch) {
      mergeElement(element, result, key, asObject(each));
    }
    return Trees.array().addAll(result);
  }

  private static void mergeElement(
      Value type, List<JsonNode> list, String key, ObjectNode element) {
    if (!element.has(key)) {
      throw Refusal.badRequest("map: " + element + " does not contain declared merge key: " + key);
    }
    int there = indexOf(list, key, element.path(key));
    if (Trees.text(element, DIRECTIVE).equals("delete")) {
      if (there >= 0) {
        list.remove(there);
      }
    } else if (there >= 0) {
      list.set(there, strategic(type, asObject(list.get(there)), element));
    } else {
      list.add(strategic(type, Trees.object(), element));
    }
  }

  private static boolean isReplace(JsonNode element) {
    return Trees.text(element, DIRECTIVE).equals("replace");
  }

  private static int indexOf(List<JsonNode> list, String key, JsonNode wanted) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path(key).equals(wanted)) {
        return i;
      }
    }
    return -1;
  }

  private static void removeAll(ObjectNode target, String name, JsonNode texts) {
    if (target.get(name) instanceof ArrayNode list) {
      ArrayNode rest = Trees.array();
      Trees.items(list).stream()
          .filter(text -> !Trees.items(texts).contains(text))
          .forEach(rest::add);
      target.set(name, rest);
    }
  }

  /// Elements that the order does not name keep their place behind their former neighbours' group.
  private static void reorder(ObjectNode target, String name, JsonNode order) {
    if (!(target.get(name) instanceof ArrayNode list)) {
      return;
    }
    var left = new ArrayList<>(Trees.items(list));
    ArrayNode sorted = Trees.array();
    for (JsonNode wanted : Trees.items(order)) {
      left.stream()
          .filter(element -> matches(element, wanted))
          .findFirst()
          .ifPresent(
              element -> {
                left.remove(element);
                sorted.add(element);
              });
    }
    target.set(name, sorted.addAll(left));
  }

  private static boolean matches(JsonNode element, JsonNode wanted) {
    return wanted.isObject()
        ? wanted.properties().stream()
            .allMatch(entry -> element.path(entry.getKey()).equals(entry.getValue()))
        : element.equals(wanted);
  }

  /// RFC 6902.
  private static JsonNode json(ObjectNode object, JsonNode patch) {
    JsonNode result = object;
    for (JsonNode operation : Trees.items(patch)) {
      result = JsonPatch.apply(result, operation);
    }
    return result;
  }
}
