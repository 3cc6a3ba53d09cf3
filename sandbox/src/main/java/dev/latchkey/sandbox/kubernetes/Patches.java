// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The three kinds of patch, each a function of the object and the patch.
final class Patches {
  /// Lists that a strategic merge merges element by element, and the key of their elements; all
  /// other lists are replaced. Kubernetes' own table is `x-kubernetes-patch-merge-key`.
  static final Map<String, List<String>> MERGE_KEYS =
      Map.ofEntries(
          Map.entry("containers", List.of("name")),
          Map.entry("initContainers", List.of("name")),
          Map.entry("ephemeralContainers", List.of("name")),
          Map.entry("env", List.of("name")),
          Map.entry("volumes", List.of("name")),
          Map.entry("volumeMounts", List.of("mountPath")),
          Map.entry("volumeDevices", List.of("devicePath")),
          Map.entry("ports", List.of("containerPort", "port")),
          Map.entry("imagePullSecrets", List.of("name")),
          Map.entry("secrets", List.of("name")),
          Map.entry("hostAliases", List.of("ip")),
          Map.entry("podIPs", List.of("ip")),
          Map.entry("hostIPs", List.of("ip")),
          Map.entry("addresses", List.of("type")),
          Map.entry("conditions", List.of("type")),
          Map.entry("topologySpreadConstraints", List.of("topologyKey")),
          Map.entry("ownerReferences", List.of("uid")),
          Map.entry("resourceClaims", List.of("name")),
          Map.entry("webhooks", List.of("name")),
          Map.entry("matchConditions", List.of("name")));

  private static final Set<String> MERGED_TEXTS = Set.of("finalizers");

  private static final String DIRECTIVE = "$patch";
  private static final String ORDER = "$setElementOrder/";
  private static final String DELETE_TEXTS = "$deleteFromPrimitiveList/";
  private static final String RETAIN_KEYS = "$retainKeys";

  private Patches() {}

  /// The object after the patch of this media type.
  static ObjectNode apply(String mediaType, ObjectNode object, JsonNode patch) {
    ObjectNode copy = object.deepCopy();
    JsonNode result =
        switch (mediaType) {
          case "application/json-patch+json" -> json(copy, patch);
          case "application/merge-patch+json" -> merge(copy, patch);
          case "application/strategic-merge-patch+json" -> strategic(copy, asObject(patch));
          default ->
              throw Refusal.unsupportedMediaType(
                  mediaType,
                  "application/json-patch+json, application/merge-patch+json,"
                      + " application/strategic-merge-patch+json");
        };
    return asObject(result);
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

  private static ObjectNode strategic(ObjectNode target, ObjectNode patch) {
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
        target.set(name, strategicValue(name, target.path(name), value));
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

  private static JsonNode strategicValue(String name, JsonNode old, JsonNode value) {
    if (value instanceof ObjectNode object) {
      if (Trees.text(object, DIRECTIVE).equals("delete")) {
        return Trees.object();
      }
      return strategic(old instanceof ObjectNode there ? there : Trees.object(), object);
    }
    if (value instanceof ArrayNode list) {
      return strategicList(name, old instanceof ArrayNode there ? there : Trees.array(), list);
    }
    return value;
  }

  private static ArrayNode strategicList(String name, ArrayNode old, ArrayNode patch) {
    if (MERGED_TEXTS.contains(name)) {
      Trees.items(patch).stream()
          .filter(text -> !Trees.items(old).contains(text))
          .forEach(old::add);
      return old;
    }
    Optional<String> key = mergeKey(name, old, patch);
    boolean replaces =
        Trees.items(patch).stream()
            .anyMatch(element -> Trees.text(element, DIRECTIVE).equals("replace"));
    if (key.isEmpty() || replaces) {
      ArrayNode whole = Trees.array();
      Trees.items(patch).stream().filter(each -> !each.has(DIRECTIVE)).forEach(whole::add);
      return whole;
    }
    var result = new ArrayList<>(Trees.items(old));
    for (JsonNode element : patch) {
      mergeElement(result, key.get(), asObject(element));
    }
    return Trees.array().addAll(result);
  }

  private static void mergeElement(List<JsonNode> list, String key, ObjectNode element) {
    int there = indexOf(list, key, element.path(key));
    if (Trees.text(element, DIRECTIVE).equals("delete")) {
      if (there >= 0) {
        list.remove(there);
      }
    } else if (there >= 0) {
      list.set(there, strategic(asObject(list.get(there)), element));
    } else {
      list.add(strategic(Trees.object(), element));
    }
  }

  private static Optional<String> mergeKey(String name, ArrayNode old, ArrayNode patch) {
    return MERGE_KEYS.getOrDefault(name, List.of()).stream()
        .filter(
            key ->
                Trees.items(patch).stream().allMatch(each -> each.has(key) || isReplace(each))
                    && Trees.items(old).stream().allMatch(each -> each.has(key)))
        .findFirst();
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
