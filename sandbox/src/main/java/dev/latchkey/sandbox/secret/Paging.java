// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import dev.latchkey.sandbox.message.Ask;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Cuts a list into pages of at most 25, as `maxresults` and `$skiptoken` ask.
///
/// @param size of a page
/// @param after the key of the last entry of the page before, or the empty text
record Paging(int size, String after) {
  private static final int MOST = 25;

  static Paging of(Ask ask) throws Denied {
    String asked = ask.parameter("maxresults").orElse(Integer.toString(MOST));
    if (!asked.matches("[1-9]|1[0-9]|2[0-5]")) {
      throw new Denied(
          new Denial.BodyInvalid("Invalid maxresults parameter value. Valid range is 1..25"));
    }
    return new Paging(
        Integer.parseInt(asked), ask.parameter("$skiptoken").map(Paging::marker).orElse(""));
  }

  private static String marker(String token) {
    try {
      String json = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return JsonMapper.shared().readTree(json).path("NextMarker").asString("");
    } catch (IllegalArgumentException | JacksonException e) {
      return ""; // a token that is none of ours begins at the first page
    }
  }

  /// The page with its `nextLink`, which names the port even when it is the usual one.
  <T> ObjectNode page(
      List<T> all, Function<T, String> key, Function<T, ObjectNode> shape, String url, Ask ask) {
    List<T> rest = all.stream().filter(entry -> key.apply(entry).compareTo(after) > 0).toList();
    List<T> page = rest.subList(0, Math.min(size, rest.size()));
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode value = body.putArray("value");
    page.forEach(entry -> value.add(shape.apply(entry)));
    if (page.size() == rest.size()) {
      body.putNull("nextLink");
    } else {
      body.put("nextLink", next(withPort(url), key.apply(page.getLast()), ask));
    }
    return body;
  }

  private static String withPort(String url) {
    URI uri = URI.create(url);
    return uri.getPort() < 0 ? url.replaceFirst("(https://[^/]+)", "$1:443") : url;
  }

  private String next(String url, String last, Ask ask) {
    ObjectNode marker = JsonMapper.shared().createObjectNode().put("NextMarker", last);
    String token =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(marker.toString().getBytes(StandardCharsets.UTF_8));
    return "%s?api-version=%s&$skiptoken=%s&maxresults=%d"
        .formatted(url, ask.parameter("api-version").orElse(""), token, size);
  }
}
