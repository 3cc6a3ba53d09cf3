// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A simulated Azure inside this process, so that a test knows its secrets; reached over HTTPS
/// only.
///
/// @param folder with the sandbox's files
/// @param log one line per request
/// @param console a working directory of its own, with the sandbox's variables
record World(Sandbox sandbox, Path folder, Path log, Console console) implements AutoCloseable {
  /// Starts one whose files lie in a folder.
  static World start(Path root, Options options) throws IOException {
    Path folder = Files.createDirectories(root.resolve("sandbox"));
    Path log = root.resolve("requests.jsonl");
    var sandbox =
        Sandbox.start(
            options
                .withRequestLog(log)
                .withChart(Console.DISTRIBUTION.resolve("charts").resolve("workload")));
    Map<String, String> variables = sandbox.writeTo(folder);
    Path desk = Files.createDirectories(root.resolve("desk"));
    return new World(sandbox, folder, log, new Console(desk, variables));
  }

  /// The file of its fleet.
  String fleet() {
    return folder.resolve("latchkey.yaml").toString();
  }

  List<Request> requests() throws IOException {
    return Request.of(log);
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
