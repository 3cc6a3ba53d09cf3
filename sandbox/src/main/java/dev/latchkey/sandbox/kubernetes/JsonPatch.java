// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Trees;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One operation of a JSON patch (RFC 6902).
final class JsonPatch {
  private JsonPatch() {}

  /// The tree after the operation; the tree itself is changed.
  static JsonNode apply(JsonNode tree, JsonNode operation) {
    JsonPointer path = pointer(Trees.text(operation, "path"));
    JsonNode value = operation.path("value").deepCopy();
    switch (Trees.text(operation, "op")) {
      case "add" -> add(tree, path, value);
      case "replace" -> {
        need(tree, path);
        set(tree, path, value);
      }
      case "remove" -> remove(tree, path);
      case "test" -> {
        if (!tree.at(path).equals(value)) {
          throw refused("testing path " + path + " failed");
        }
      }
      case "copy" -> add(tree, path, need(tree, from(operation)).deepCopy());
      case "move" -> {
        JsonNode moved = need(tree, from(operation));
        remove(tree, from(operation));
        add(tree, path, moved);
      }
      default -> throw refused("unexpected kind: " + Trees.text(operation, "op"));
    }
    return tree;
  }

  private static JsonPointer from(JsonNode operation) {
    return pointer(Trees.text(operation, "from"));
  }

  private static JsonPointer pointer(String text) {
    if (!text.startsWith("/")) {
      throw refused("path \"" + text + "\" does not start with /");
    }
    return JsonPointer.compile(text);
  }

  private static JsonNode need(JsonNode tree, JsonPointer path) {
    JsonNode there = tree.at(path);
    if (there.isMissingNode()) {
      throw refused("path " + path + " does not exist");
    }
    return there;
  }

  private static void add(JsonNode tree, JsonPointer path, JsonNode value) {
    JsonNode parent = need(tree, path.head());
    if (parent instanceof ArrayNode list) {
      String place = path.last().getMatchingProperty();
      int index = place.equals("-") ? list.size() : path.last().getMatchingIndex();
      if (index < 0 || index > list.size()) {
        throw refused("index of " + path + " is out of bounds");
      }
      list.insert(index, value);
    } else {
      set(tree, path, value);
    }
  }

  private static void set(JsonNode tree, JsonPointer path, JsonNode value) {
    switch (need(tree, path.head())) {
      case ObjectNode object -> object.set(path.last().getMatchingProperty(), value);
      case ArrayNode list -> list.set(path.last().getMatchingIndex(), value);
      default -> throw refused("path " + path + " does not lead into an object");
    }
  }

  private static void remove(JsonNode tree, JsonPointer path) {
    need(tree, path);
    switch (need(tree, path.head())) {
      case ObjectNode object -> object.remove(path.last().getMatchingProperty());
      case ArrayNode list -> list.remove(path.last().getMatchingIndex());
      default -> throw refused("path " + path + " does not lead into an object");
    }
  }

  private static Refusal refused(String why) {
    return Refusal.invalid("", "", "", "FieldValueInvalid", "patch", why);
  }
}
