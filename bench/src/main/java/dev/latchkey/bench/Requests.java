// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the sandbox's request log tells of one run.
///
/// @param armByBucket how many requests ARM got, by provider and kind
/// @param refused how many were answered with 429
record Requests(Map<String, Long> armByBucket, long refused) {
  /// Reads the lines of a request log after the first ones.
  static Requests of(Path log, long skipped) throws IOException {
    try (var lines = Files.lines(log)) {
      List<JsonNode> all =
          lines.skip(skipped).map(line -> JsonMapper.shared().readTree(line)).toList();
      Map<String, Long> counts =
          all.stream()
              .filter(Requests::isByTheCaller)
              .collect(
                  Collectors.groupingBy(Requests::bucket, TreeMap::new, Collectors.counting()));
      return new Requests(counts, all.stream().filter(Requests::isRefused).count());
    }
  }

  long arm() {
    return armByBucket.values().stream().mapToLong(Long::longValue).sum();
  }

  /// The metadata of the cloud are asked for without a token, and have no bucket.
  private static boolean isByTheCaller(JsonNode line) {
    return line.path("service").asString("").equals("arm") && !line.path("principal").isNull();
  }

  private static boolean isRefused(JsonNode line) {
    return line.path("status").asInt(0) == 429;
  }

  private static String bucket(JsonNode line) {
    String path = line.path("path").asString("");
    String[] words = path.substring(path.lastIndexOf("/providers/") + 11).split("/", -1);
    boolean list = words.length % 2 == 0; // the provider, then types and names in turn
    String method = line.path("method").asString("");
    String kind = method.equals("GET") && list ? "list" : method.toLowerCase(Locale.ROOT);
    return kind + " " + words[0].replace("Microsoft.", "");
  }
}
