// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One file of recorded traffic.
record Recording(String file, Completeness completeness, List<Exchange> exchanges) {
  /// Whether the headers of the answers are known.
  enum Completeness {
    WHOLE,
    QUOTED
  }

  /// One request and its answer.
  ///
  /// @param path decoded
  record Exchange(
      String method,
      String path,
      Map<String, List<String>> query,
      JsonNode sent,
      int status,
      Map<String, String> headers,
      JsonNode body) {
    String code() {
      return body.path("error").path("code").asString("");
    }

    String apiVersion() {
      return query.getOrDefault("api-version", List.of("")).getFirst();
    }

    /// The type as the words of the path say it.
    String type() {
      int providers = path.toLowerCase(Locale.ROOT).lastIndexOf("/providers/");
      String[] words = path.substring(providers + 1).split("/", -1);
      var type = new StringBuilder(words.length > 1 ? words[1] : "");
      for (int i = 2; i < words.length; i += 2) {
        type.append('/').append(words[i]);
      }
      return type.toString();
    }
  }

  static Recording read(Path file) {
    JsonNode tree = JsonMapper.shared().readTree(file.toFile());
    Completeness completeness =
        tree.path("kind").asString("").equals("recording")
            ? Completeness.WHOLE
            : Completeness.QUOTED;
    return new Recording(
        String.valueOf(file.getFileName()),
        completeness,
        tree.path("exchanges").valueStream().map(Recording::exchange).toList());
  }

  private static Exchange exchange(JsonNode tree) {
    URI url = URI.create(tree.at("/request/url").asString("").replace("'", "%27"));
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    tree.at("/response/headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asString("")));
    return new Exchange(
        tree.at("/request/method").asString(""),
        url.getPath(),
        query(url),
        tree.at("/request/body"),
        tree.at("/response/status").asInt(0),
        headers,
        tree.at("/response/body"));
  }

  private static Map<String, List<String>> query(URI url) {
    var query = new LinkedHashMap<String, List<String>>();
    for (String pair : url.getRawQuery().split("&", -1)) {
      String[] words = pair.split("=", 2);
      query.put(decoded(words[0]), List.of(words.length > 1 ? decoded(words[1]) : ""));
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
