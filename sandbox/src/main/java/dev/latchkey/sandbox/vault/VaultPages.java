// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import dev.latchkey.sandbox.arm.Call;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Addresses;
import dev.latchkey.sandbox.message.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The provider's own paging: every page that holds something names a next one, and the last is
/// empty.
///
/// @param after the key of the last vault of the page before, or the empty text
/// @param size how many a page holds
record VaultPages(String after, int size) {
  private static final String TOKEN = "$skiptoken";
  private static final int MOST = 1000;

  /// The page that the call asks for.
  static Answer of(
      Call call, Addresses addresses, List<Stored> vaults, Function<Stored, ObjectNode> shape) {
    return new VaultPages(marker(call.query(TOKEN)), size(call.query("$top")))
        .page(call, addresses, vaults, shape);
  }

  private static String marker(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return ""; // a token that is none of ours begins at the first page
    }
  }

  private static int size(String top) {
    return top.matches("[1-9]\\d{0,3}") ? Math.min(MOST, Integer.parseInt(top)) : MOST;
  }

  private Answer page(
      Call call, Addresses addresses, List<Stored> vaults, Function<Stored, ObjectNode> shape) {
    List<Stored> page =
        vaults.stream()
            .filter(vault -> key(vault).compareTo(after) > 0)
            .sorted((one, other) -> key(one).compareTo(key(other)))
            .limit(size)
            .toList();
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    ArrayNode value = tree.putArray("value");
    page.forEach(vault -> value.add(shape.apply(vault)));
    if (!page.isEmpty()) {
      tree.put("nextLink", next(call, addresses, key(page.getLast())));
    }
    return Answer.json(200, tree);
  }

  /// Group, or location, and name, as the provider's own tokens hold them.
  private static String key(Stored vault) {
    String[] words = vault.id().split("/", -1);
    String place = words[3].equalsIgnoreCase("providers") ? words[6] : words[4];
    return (place + "|" + vault.name()).toLowerCase(Locale.ROOT);
  }

  private static String next(Call call, Addresses addresses, String last) {
    String token =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(last.getBytes(StandardCharsets.UTF_8));
    String query =
        call.ask().query().entrySet().stream()
            .filter(entry -> !entry.getKey().equalsIgnoreCase(TOKEN))
            .map(VaultPages::pair)
            .collect(Collectors.joining("&"));
    return addresses.arm() + call.ask().path() + "?" + query + "&" + TOKEN + "=" + token;
  }

  private static String pair(Map.Entry<String, List<String>> entry) {
    return entry.getKey()
        + "="
        + URLEncoder.encode(entry.getValue().getFirst(), StandardCharsets.UTF_8);
  }
}
