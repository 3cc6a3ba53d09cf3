// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Trees;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Label and field selectors as predicates of objects.
public final class Selectors {
  private static final Pattern SET_BASED = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
  private static final Pattern EQUALITY = Pattern.compile("([^=!\\s]+)\\s*(==|=|!=)\\s*(\\S*)");
  // a comma inside parentheses does not part requirements
  private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");

  private static final Map<String, List<String>> FIELDS =
      Map.of(
          "metadata.name", List.of("metadata", "name"),
          "metadata.namespace", List.of("metadata", "namespace"),
          "spec.nodeName", List.of("spec", "nodeName"),
          "spec.serviceAccountName", List.of("spec", "serviceAccountName"),
          "spec.restartPolicy", List.of("spec", "restartPolicy"),
          "status.phase", List.of("status", "phase"),
          "type", List.of("type"),
          "reason", List.of("reason"));

  private Selectors() {}

  /// The predicate of a `labelSelector` query parameter; an empty one matches all.
  static Predicate<JsonNode> labels(String selector) {
    return Arrays.stream(COMMA.split(selector))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .map(Selectors::requirement)
        .reduce(_ -> true, Predicate::and);
  }

  /// The predicate of a `fieldSelector` query parameter; an empty one matches all.
  static Predicate<JsonNode> fields(String selector) {
    return Arrays.stream(selector.split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .map(Selectors::field)
        .reduce(_ -> true, Predicate::and);
  }

  /// The predicate of a `LabelSelector` object, as workloads have one; an empty one matches all.
  public static Predicate<JsonNode> of(JsonNode selector) {
    Predicate<JsonNode> all = _ -> true;
    for (var label : Trees.texts(selector.path("matchLabels")).entrySet()) {
      all = all.and(object -> label(object, label.getKey()).equals(label.getValue()));
    }
    for (JsonNode expression : Trees.items(selector.path("matchExpressions"))) {
      all = all.and(expression(expression));
    }
    return all;
  }

  private static Predicate<JsonNode> expression(JsonNode expression) {
    String key = Trees.text(expression, "key");
    Set<String> values =
        Set.copyOf(
            Trees.items(expression.path("values")).stream().map(JsonNode::asString).toList());
    return switch (Trees.text(expression, "operator")) {
      case "In" -> object -> has(object, key) && values.contains(label(object, key));
      case "NotIn" -> object -> !has(object, key) || !values.contains(label(object, key));
      case "Exists" -> object -> has(object, key);
      case "DoesNotExist" -> object -> !has(object, key);
      default -> _ -> false;
    };
  }

  private static Predicate<JsonNode> requirement(String part) {
    Matcher sets = SET_BASED.matcher(part);
    if (sets.matches()) {
      String key = sets.group(1);
      Set<String> values =
          Set.copyOf(Arrays.stream(sets.group(3).split(",", -1)).map(String::strip).toList());
      return sets.group(2).equals("in")
          ? object -> has(object, key) && values.contains(label(object, key))
          : object -> !has(object, key) || !values.contains(label(object, key));
    }
    Matcher equality = EQUALITY.matcher(part);
    if (equality.matches()) {
      String key = equality.group(1);
      String value = equality.group(3);
      return equality.group(2).equals("!=")
          ? object -> !has(object, key) || !label(object, key).equals(value)
          : object -> has(object, key) && label(object, key).equals(value);
    }
    if (part.startsWith("!")) {
      return object -> !has(object, part.substring(1).strip());
    }
    if (part.contains(" ")) {
      throw Refusal.badRequest("unable to parse requirement: " + part);
    }
    return object -> has(object, part);
  }

  private static Predicate<JsonNode> field(String part) {
    Matcher equality = EQUALITY.matcher(part);
    if (!equality.matches()) {
      throw Refusal.badRequest("invalid selector: '" + part + "'; can't understand '" + part + "'");
    }
    List<String> path = path(equality.group(1));
    boolean wanted = !equality.group(2).equals("!=");
    String value = equality.group(3);
    return object -> Trees.text(object, path.toArray(String[]::new)).equals(value) == wanted;
  }

  private static List<String> path(String field) {
    if (field.startsWith("involvedObject.")) {
      return List.of("involvedObject", field.substring("involvedObject.".length()));
    }
    List<String> path = FIELDS.get(field);
    if (path == null) {
      throw Refusal.badRequest("field label not supported: " + field);
    }
    return path;
  }

  private static boolean has(JsonNode object, String label) {
    return Trees.at(object, "metadata", "labels", label).isValueNode();
  }

  private static String label(JsonNode object, String label) {
    return Trees.text(object, "metadata", "labels", label);
  }
}
