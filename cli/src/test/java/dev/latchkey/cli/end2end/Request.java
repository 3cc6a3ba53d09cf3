// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One line of the sandbox's request log.
record Request(String service, String method, String path, int status) {
  /// All requests so far.
  static List<Request> of(Path log) throws IOException {
    return Files.readAllLines(log).stream().map(Request::read).toList();
  }

  private static Request read(String line) {
    JsonNode node = JsonMapper.shared().readTree(line);
    return new Request(
        node.path("service").asString(),
        node.path("method").asString(),
        node.path("path").asString(),
        node.path("status").asInt());
  }

  /// Whether it can have changed nothing: a read, or a question that HTTP asks by POST.
  boolean isReading() {
    return switch (method) {
      case "GET", "HEAD" -> true;
      case "POST" ->
          path.endsWith("/token")
              || path.endsWith("/selfsubjectaccessreviews")
              || path.matches(".*/list[A-Za-z]+Credential");
      default -> false;
    };
  }
}
