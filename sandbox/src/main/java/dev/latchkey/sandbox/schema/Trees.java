// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Short words for reading and building the JSON trees of Kubernetes objects.
public final class Trees {
  private Trees() {}

  /// An empty object.
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /// An empty list.
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /// What stands under these names, or a missing node.
  public static JsonNode at(JsonNode tree, String... names) {
    JsonNode here = tree;
    for (String name : names) {
      here = here.path(name);
    }
    return here;
  }

  /// The text, number or truth value under these names as text; empty when there is none.
  public static String text(JsonNode tree, String... names) {
    JsonNode found = at(tree, names);
    return found.isValueNode() && !found.isNull() ? found.asString() : "";
  }

  /// The whole number under these names, or what it is by default.
  public static long number(JsonNode tree, long byDefault, String... names) {
    JsonNode found = at(tree, names);
    return found.isNumber() ? found.longValue() : byDefault;
  }

  /// The object under these names, made where it is missing.
  public static ObjectNode child(ObjectNode tree, String... names) {
    ObjectNode here = tree;
    for (String name : names) {
      here = here.get(name) instanceof ObjectNode there ? there : here.putObject(name);
    }
    return here;
  }

  /// The list under this name, made where it is missing.
  public static ArrayNode list(ObjectNode tree, String name) {
    return tree.get(name) instanceof ArrayNode there ? there : tree.putArray(name);
  }

  /// The elements of a list; none when it is no list.
  public static List<JsonNode> items(JsonNode list) {
    return list.isArray() ? StreamSupport.stream(list.spliterator(), false).toList() : List.of();
  }

  /// An object of texts as a map.
  public static Map<String, String> texts(JsonNode object) {
    var texts = new LinkedHashMap<String, String>();
    object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString()));
    return texts;
  }

  /// The JSON tree of a literal, single quotes standing for double ones.
  public static ObjectNode read(String json) {
    return (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"'));
  }
}
