// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One page of a recorded list. Lists are sorted by ids, some of which are generated, so the pages
/// of two worlds hold the same elements in another division.
record RecordedPage(Recording recording, Bindings bindings) {
  /// The recorded body with the recorded elements that our page holds; as recorded where it is no
  /// page, or where ours holds something that was not recorded.
  JsonNode divided(Exchange exchange, JsonNode seen) {
    JsonNode own = exchange.body().path("value");
    if (!own.isArray() || !isPage(exchange) || own.size() != seen.path("value").size()) {
      return exchange.body();
    }
    List<JsonNode> held =
        seen.path("value").valueStream().flatMap(one -> find(exchange, one).stream()).toList();
    if (held.size() != own.size()) {
      return exchange.body();
    }
    ObjectNode body = (ObjectNode) exchange.body().deepCopy();
    ArrayNode value = JsonMapper.shared().createArrayNode();
    value.addAll(held);
    return body.set("value", value);
  }

  private static boolean isPage(Exchange exchange) {
    boolean more = !exchange.body().path("nextLink").asString("").isEmpty();
    return more
        || exchange.url().query().keySet().stream().anyMatch("$skiptoken"::equalsIgnoreCase);
  }

  /// On this page, or on another of the same list.
  private Optional<JsonNode> find(Exchange page, JsonNode seen) {
    String id = seen.path("id").asString("");
    return recording.exchanges().stream()
        .filter(other -> other.path().equals(page.path()) && other.method().equals("GET"))
        .sorted((one, other) -> Boolean.compare(other.equals(page), one.equals(page)))
        .flatMap(other -> other.body().path("value").valueStream())
        .filter(one -> bindings.translated(one.path("id").asString("")).equalsIgnoreCase(id))
        .findFirst();
  }
}
