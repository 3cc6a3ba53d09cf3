// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.schema.Trees;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The conditions in the status of an object.
final class Conditions {
  private Conditions() {}

  static Optional<JsonNode> find(JsonNode object, String type) {
    return Trees.items(Trees.at(object, "status", "conditions")).stream()
        .filter(condition -> Trees.text(condition, "type").equals(type))
        .findFirst();
  }

  static boolean isTrue(JsonNode object, String type) {
    return find(object, type).filter(each -> Trees.text(each, "status").equals("True")).isPresent();
  }

  /// Sets a condition; the time of its transition only moves when its status changes.
  static ObjectNode set(
      ObjectNode object, String type, boolean status, String reason, String message, String now) {
    ArrayNode conditions = Trees.list(Trees.child(object, "status"), "conditions");
    String word = status ? "True" : "False";
    ObjectNode condition =
        find(object, type).map(ObjectNode.class::cast).orElseGet(conditions::addObject);
    if (!Trees.text(condition, "status").equals(word)) {
      condition.put("lastTransitionTime", now);
    }
    condition.put("type", type).put("status", word);
    putOrRemove(condition, "reason", reason);
    putOrRemove(condition, "message", message);
    return condition;
  }

  private static void putOrRemove(ObjectNode condition, String name, String text) {
    if (text.isEmpty()) {
      condition.remove(name);
    } else {
      condition.put(name, text);
    }
  }
}
