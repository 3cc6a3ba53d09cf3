// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A link to the next page shows that there is more than the page holds: resources like the last
/// one, enough of them for one more page, and sorted behind those that were recorded.
record MorePages(Scene scene) {
  private static final int PAGE = 1000;

  void before(Step step) {
    JsonNode body = step.answered();
    boolean more = !body.path("nextLink").asString("").isEmpty();
    Optional<JsonNode> last =
        body.path("value").valueStream().max(Comparator.comparing(MorePages::id));
    if (more && last.isPresent() && isOfArm(last.get())) {
      for (int i = body.path("value").size(); i <= size(step); i++) {
        add(last.get(), i);
      }
    }
  }

  /// Pages of the vaults' provider name a next one though nothing is left.
  private static boolean isOfArm(JsonNode item) {
    return ArmPath.subscription(id(item)).isPresent()
        && !item.path("type").asString("").startsWith("Microsoft.KeyVault/");
  }

  private static String id(JsonNode item) {
    return item.path("id").asString("").toLowerCase(Locale.ROOT);
  }

  private static int size(Step step) {
    String top = step.url().query().getOrDefault("$top", List.of("")).getFirst();
    return top.matches("\\d{1,4}") ? Integer.parseInt(top) : PAGE;
  }

  private void add(JsonNode like, int number) {
    String id = like.path("id").asString("") + "-more-%04d".formatted(number);
    ObjectNode tree = (ObjectNode) like.deepCopy();
    tree.put("id", id).put("name", ArmPath.name(id));
    scene.there(id, like.path("type").asString(""), tree);
  }
}
