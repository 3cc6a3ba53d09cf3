// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An address as clients write it, which is more than the standard allows.
///
/// @param text as written
/// @param host in lower case, without its port; empty where the text names none
/// @param path decoded, begins with `/`
/// @param query decoded, in the order written
record Url(String text, String host, String path, Map<String, List<String>> query) {

  /// Reads an absolute address or a path with a query.
  ///
  /// @throws IllegalArgumentException when escapes in it are broken
  static Url of(String text) {
    int scheme = text.indexOf("://");
    int start = scheme < 0 ? 0 : scheme + 3;
    int question = text.indexOf('?', start);
    int end = question < 0 ? text.length() : question;
    int slash = scheme < 0 ? 0 : text.indexOf('/', start);
    int path = slash < 0 || slash > end ? end : slash;
    return new Url(
        text,
        withoutPort(text.substring(start, path)).toLowerCase(Locale.ROOT),
        path == end ? "/" : decoded(text.substring(path, end).replace("+", "%2B")),
        question < 0 ? Map.of() : query(text.substring(question + 1)));
  }

  private static String withoutPort(String authority) {
    return authority.replaceFirst(":\\d*$", "");
  }

  private static Map<String, List<String>> query(String text) {
    var query = new LinkedHashMap<String, List<String>>();
    for (String pair : text.split("&", -1)) {
      String[] words = pair.split("=", 2);
      if (!words[0].isEmpty()) {
        query.put(decoded(words[0]), List.of(words.length > 1 ? decoded(words[1]) : ""));
      }
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
