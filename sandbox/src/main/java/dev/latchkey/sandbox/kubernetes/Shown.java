// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Trees;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Objects in the form that a client asks for: as they are, as a list, or as a table.
record Shown(World world) {

  /// One object.
  Answer one(Ask ask, int status, Kind kind, ObjectNode object) {
    return json(status, asksForTable(ask) ? table(ask, kind, List.of(object)) : object);
  }

  /// Several objects; the metadata of the list is still to be written.
  ObjectNode several(Ask ask, Kind kind, List<ObjectNode> objects) {
    return asksForTable(ask) ? table(ask, kind, objects) : list(kind, objects);
  }

  /// Kubernetes says nothing of a character set.
  static Answer json(int status, JsonNode tree) {
    return new Answer(
        status, Map.of("content-type", "application/json"), new Answer.Body.Json(tree));
  }

  static boolean asksForTable(Ask ask) {
    String accepted = ask.header("accept").orElse("");
    return accepted.contains("as=Table") && accepted.contains("g=meta.k8s.io");
  }

  ObjectNode table(Ask ask, Kind kind, List<ObjectNode> objects) {
    return new Tables(world.clock().now())
        .of(kind, objects, ask.parameter("includeObject").orElse("Metadata"));
  }

  static ObjectNode list(Kind kind, List<ObjectNode> page) {
    ObjectNode list =
        Trees.object().put("kind", kind.name() + "List").put("apiVersion", kind.apiVersion());
    list.putObject("metadata");
    ArrayNode items = list.putArray("items");
    for (ObjectNode object : page) {
      items.add(object);
    }
    return list;
  }
}
