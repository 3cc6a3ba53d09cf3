// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.contract.Recording.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads one file of recorded traffic, and says of a bad one what is wrong with it.
final class RecordingFile {
  private final Path folder;
  private final Path file;

  private RecordingFile(Path folder, Path file) {
    this.folder = folder;
    this.file = file;
  }

  /// Reads a file of a folder.
  static Recording read(Path folder, Path file) throws Unreadable.Cause {
    return new RecordingFile(folder, file).recording();
  }

  private Recording recording() throws Unreadable.Cause {
    JsonNode tree = tree();
    JsonNode all = tree.path("exchanges");
    if (!all.isArray() || all.isEmpty()) {
      throw bad("it has no list `exchanges` of requests and responses");
    }
    var exchanges = new ArrayList<Exchange>();
    for (JsonNode one : all) {
      exchanges.add(exchange(one, exchanges.size()));
    }
    return new Recording(
        folder.relativize(file),
        kind(tree),
        tree.path("source").path("repository").asString(""),
        tree.path("title").asString(""),
        exchanges);
  }

  private JsonNode tree() throws Unreadable.Cause {
    try {
      return JsonMapper.shared().readTree(Files.readAllBytes(file));
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
      throw new Unreadable.Cause(
          new Unreadable(file, line, "it is not JSON: " + e.getOriginalMessage()));
    } catch (IOException e) {
      throw bad("it cannot be read: " + e.getMessage());
    }
  }

  private Kind kind(JsonNode tree) throws Unreadable.Cause {
    String kind = tree.path("kind").asString("recording");
    return switch (kind) {
      case "recording" -> Kind.RECORDING;
      case "documented" -> Kind.DOCUMENTED;
      case "official-example" -> Kind.OFFICIAL_EXAMPLE;
      default ->
          throw bad("`kind` is recording, documented or official-example, not `" + kind + "`");
    };
  }

  private Exchange exchange(JsonNode tree, int index) throws Unreadable.Cause {
    JsonNode request = tree.path("request");
    JsonNode response = tree.path("response");
    String place = "exchanges[" + index + "]";
    String method = request.path("method").asString("");
    if (method.isEmpty()) {
      throw bad(place + ".request has no text `method`");
    }
    if (!response.path("status").isInt()) {
      throw bad(place + ".response has no number `status`");
    }
    return new Exchange(
        method.toUpperCase(Locale.ROOT),
        url(request, place),
        headers(request),
        request.path("body"),
        response.path("status").asInt(),
        headers(response),
        response.path("body"));
  }

  private Url url(JsonNode request, String place) throws Unreadable.Cause {
    String url = request.path("url").asString("");
    if (!url.contains("://")) {
      throw bad(place + ".request has no absolute `url`");
    }
    try {
      return Url.of(url);
    } catch (IllegalArgumentException e) {
      throw bad(place + ".request.url has a broken escape: " + url);
    }
  }

  /// A header that was sent several times counts once, with its first value.
  private static Map<String, String> headers(JsonNode message) {
    Map<String, String> headers = new HashMap<>();
    message
        .path("headers")
        .properties()
        .forEach(
            header -> {
              JsonNode value = header.getValue();
              headers.put(
                  header.getKey().toLowerCase(Locale.ROOT),
                  (value.isArray() ? value.path(0) : value).asString(""));
            });
    return headers;
  }

  private Unreadable.Cause bad(String why) {
    return new Unreadable.Cause(new Unreadable(file, 0, why));
  }

  /// The recordings of a folder, at any depth, in the order of their paths.
  static List<Path> below(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .toList();
    }
  }
}
