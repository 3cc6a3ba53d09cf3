// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.schema.Trees;
import java.util.Locale;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Request bodies as JSON trees: JSON, YAML, and Kubernetes' protobuf.
final class Bodies {
  private static final String SUPPORTED =
      "application/json, application/yaml, application/vnd.kubernetes.protobuf";

  private static final int DEPTH_MAX = 500;

  private Bodies() {}

  /// The object in the body of a POST or PUT.
  static ObjectNode object(Ask ask) {
    String type = mediaType(ask);
    JsonNode tree =
        switch (type) {
          case "", "application/json" -> json(ask.text());
          case "application/yaml", "text/yaml", "application/x-yaml" -> yaml(ask.text());
          case "application/vnd.kubernetes.protobuf" -> Protobuf.read(ask.body());
          default -> throw Refusal.unsupportedMediaType(type, SUPPORTED);
        };
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw Refusal.badRequest("the object provided is unrecognized (must be of type object)");
  }

  /// The options in the body of a DELETE; none when there is no body that says something.
  static ObjectNode deleteOptions(Ask ask) {
    return ask.body().length > 0 ? object(ask) : Trees.object();
  }

  /// The configuration in the body of an apply: YAML, of which JSON is a part.
  static ObjectNode configuration(Ask ask) {
    if (yaml(ask.text()) instanceof ObjectNode object) {
      return object;
    }
    throw Refusal.badRequest("error decoding YAML: the configuration is no object");
  }

  static String mediaType(Ask ask) {
    String header = ask.header("content-type").orElse("");
    int parameters = header.indexOf(';');
    return (parameters < 0 ? header : header.substring(0, parameters))
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  static JsonNode json(String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw Refusal.badRequest(
          "the object provided is unrecognized (must be of type object): "
              + e.getOriginalMessage());
    }
  }

  private static JsonNode yaml(String text) {
    if (depth(text) > DEPTH_MAX) {
      throw Refusal.badRequest(
          "error converting YAML to JSON: yaml: exceeded max depth of " + DEPTH_MAX);
    }
    try {
      Object tree = new Load(LoadSettings.builder().build()).loadFromString(text);
      return JsonMapper.shared().valueToTree(tree);
    } catch (YamlEngineException e) {
      throw Refusal.badRequest("error converting YAML to JSON: " + e.getMessage());
    }
  }

  /// How deep brackets stand in one another, at most: the parser's stack is not endless.
  private static int depth(String text) {
    int open = 0;
    int deepest = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '[', '{' -> deepest = Math.max(deepest, ++open);
        case ']', '}' -> open--;
        default -> {}
      }
    }
    return deepest;
  }
}
