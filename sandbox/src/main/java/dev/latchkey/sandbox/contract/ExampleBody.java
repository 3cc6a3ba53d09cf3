// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Compares with an official example, whose values are invented: each of its members must be in our
/// answer with the same type, and with the same value where the request had sent that value. Ours
/// may hold more, for where examples and traffic disagree, traffic is right.
///
/// @param sent the request's body
record ExampleBody(JsonNode sent) {
  /// Compares two nodes.
  ///
  /// @param path of the node inside the body, as a JSON pointer
  void compare(String at, String path, JsonNode recorded, JsonNode seen, List<Difference> found) {
    if (recorded.isObject() && seen.isObject()) {
      recorded.properties().stream()
          .filter(member -> !member.getKey().equals("nextLink") || seen.has("nextLink"))
          .forEach(
              member -> {
                String word = "/" + escaped(member.getKey());
                compare(
                    at + word,
                    path + word,
                    member.getValue(),
                    member(seen, member.getKey()),
                    found);
              });
    } else if (recorded.isArray() && seen.isArray()) {
      for (int i = 0; i < recorded.size(); i++) {
        compare(at + "/" + i, path + "/" + i, recorded.path(i), seen.path(i), found);
      }
    } else if (!agree(path, recorded, seen)) {
      found.add(
          Difference.of(
              at,
              Comparison.recordedAndSeen(
                  recorded.toString(), seen.isMissingNode() ? "" : seen.toString())));
    }
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /// Ids used as names differ in casing between examples and Azure.
  private static JsonNode member(JsonNode seen, String name) {
    return seen.properties().stream()
        .filter(member -> member.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(() -> seen.path(name));
  }

  private boolean agree(String path, JsonNode recorded, JsonNode seen) {
    JsonNode wished = sent.at(path);
    boolean echoed = !wished.isMissingNode() && wished.equals(recorded);
    return echoed ? recorded.equals(seen) : recorded.getNodeType() == seen.getNodeType();
  }
}
