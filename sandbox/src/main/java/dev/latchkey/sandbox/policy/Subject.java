// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What would be written, as policies see it.
///
/// @param id the resource id
/// @param type in canonical casing
/// @param body of the request; for a PATCH, what it would make of the resource
record Subject(String id, String type, JsonNode body) {
  private static final Pattern TAG =
      Pattern.compile("tags(?:\\['([^']*)'\\]|\\[([^\\]]*)\\]|\\.(.+))");

  /// The values of a field: one, those of an array for an alias with `[*]`, none if it is missing.
  List<JsonNode> values(String field) {
    Matcher tag = TAG.matcher(field);
    return switch (field.toLowerCase(Locale.ROOT)) {
      case "type" -> text(type);
      case "id" -> text(id);
      case "name" -> text(name());
      case "location", "kind", "tags" -> at(body, List.of(field));
      default -> tag.matches() ? tag(tag) : alias(path(field));
    };
  }

  String name() {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  private static List<JsonNode> text(String text) {
    return List.of(JsonMapper.shared().getNodeFactory().stringNode(text));
  }

  private List<JsonNode> tag(Matcher matcher) {
    String name =
        Stream.of(1, 2, 3)
            .flatMap(group -> Stream.ofNullable(matcher.group(group)))
            .findFirst()
            .orElse("");
    return at(body.path("tags"), List.of(name));
  }

  /// Where a field stands: aliases of this type name what is below `properties`.
  String path(String field) {
    String prefix = type + "/";
    return field.regionMatches(true, 0, prefix, 0, prefix.length())
        ? "properties." + field.substring(prefix.length())
        : field;
  }

  /// Some aliases name what stands beside `properties`, such as `sku.name`.
  private List<JsonNode> alias(String path) {
    if (!path.startsWith("properties.")) {
      return List.of(); // an alias of another type
    }
    List<JsonNode> found = at(body, words(path));
    return found.isEmpty() ? at(body, words(path.substring("properties.".length()))) : found;
  }

  private static List<String> words(String path) {
    return Stream.of(path.replace("[*]", ".[*]").split("[./]")).toList();
  }

  private static List<JsonNode> at(JsonNode from, List<String> words) {
    var places = new ArrayList<JsonNode>(List.of(from));
    for (String word : words) {
      List<JsonNode> next = places.stream().flatMap(place -> member(place, word)).toList();
      places.clear();
      places.addAll(next);
    }
    return List.copyOf(places);
  }

  private static Stream<JsonNode> member(JsonNode place, String word) {
    return word.equals("[*]")
        ? place.isArray() ? place.valueStream() : Stream.empty()
        : place
            .propertyStream()
            .filter(member -> member.getKey().equalsIgnoreCase(word))
            .map(member -> member.getValue())
            .filter(value -> !value.isNull())
            .limit(1);
  }
}
