// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What AKS fills in where a PUT is silent, by the api-version of the PUT.
final class Defaults {
  private static final String NONE = "-";

  private record Default(
      List<String> path, String stable, String preview, String last, JsonNode value) {
    boolean isOf(ApiVersion version) {
      String first = version.isPreview() ? preview : stable;
      boolean begun = first.equals(NONE) || (!first.equals("never") && version.since(first));
      return begun && (last.equals(NONE) || !version.since(last));
    }
  }

  private static final List<Default> ALL =
      Lines.of("defaults.txt", 5).stream().map(Defaults::row).toList();

  private Defaults() {}

  private static Default row(List<String> words) {
    return new Default(
        Members.path(words.getFirst()),
        words.get(1),
        words.get(2),
        words.get(3),
        JsonMapper.shared().readTree(words.get(4)));
  }

  /// Adds to the cluster what is not there.
  static void fill(ObjectNode cluster, ApiVersion version) {
    ALL.stream()
        .filter(row -> row.isOf(version))
        .forEach(row -> fill(cluster, row.path(), row.value()));
  }

  private static void fill(JsonNode tree, List<String> path, JsonNode value) {
    String first = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    if (first.equals("*")) {
      tree.forEach(element -> fill(element, rest, value));
    } else if (tree instanceof ObjectNode object) {
      if (!rest.isEmpty()) {
        fill(rest.getFirst().equals("*") ? object.path(first) : within(object, first), rest, value);
      } else if (!object.has(first)) {
        object.set(first, value.deepCopy());
      }
    }
  }

  private static JsonNode within(ObjectNode object, String member) {
    return object.has(member) ? object.path(member) : object.putObject(member);
  }
}
