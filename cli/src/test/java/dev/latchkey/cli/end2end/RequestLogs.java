// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What each real client asked the sandbox while its tests ran, kept until all have run.
final class RequestLogs {
  private static final Path KEPT = Path.of("target", "request-logs");

  private RequestLogs() {}

  /// Keeps the log of a client's world under the client's name.
  static void keep(String client, World world) throws IOException {
    Files.createDirectories(KEPT);
    Files.copy(world.log(), KEPT.resolve(client + ".jsonl"), StandardCopyOption.REPLACE_EXISTING);
  }

  /// The requests of those of the clients that have run, in the order given.
  static Map<String, List<Request>> of(List<String> clients) throws IOException {
    var all = new LinkedHashMap<String, List<Request>>();
    for (String client : clients) {
      Path log = KEPT.resolve(client + ".jsonl");
      if (Files.exists(log)) {
        all.put(client, Request.of(log));
      }
    }
    return all;
  }
}
