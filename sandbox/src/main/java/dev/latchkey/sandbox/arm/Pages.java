// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Lists in pages: `value`, and `nextLink` while there is more.
public final class Pages {
  private static final int SIZE = 1000;
  private static final String TOP = "$top";
  private static final String SKIP = "$skiptoken";

  private Pages() {}

  /// The page that the call asks for.
  public static Answer of(Call call, Addresses addresses, List<? extends JsonNode> all) {
    int from = Math.min(number(call.query(SKIP), 0), all.size());
    int size = Math.max(1, number(call.query(TOP), SIZE));
    int to = Math.min(all.size(), from + size);
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.putArray("value").addAll(List.copyOf(all.subList(from, to)));
    if (to < all.size()) {
      tree.put("nextLink", next(call, addresses, to));
    }
    return Answer.json(200, tree);
  }

  private static String next(Call call, Addresses addresses, int from) {
    String query =
        call.ask().query().entrySet().stream()
            .filter(entry -> !entry.getKey().equalsIgnoreCase(SKIP))
            .map(Pages::pair)
            .collect(Collectors.joining("&"));
    return addresses.arm() + call.ask().path() + "?" + query + "&" + encoded(SKIP) + "=" + from;
  }

  private static String pair(Map.Entry<String, List<String>> entry) {
    return encoded(entry.getKey()) + "=" + encoded(entry.getValue().getFirst());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static int number(String text, int otherwise) {
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : otherwise;
  }
}
