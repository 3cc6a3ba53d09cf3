// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where a user types: a working directory and variables, from which the packaged program starts.
///
/// Of this process's own variables only those that a program cannot do without are handed on.
record Console(Path folder, Map<String, String> variables) {
  static final Path DISTRIBUTION =
      Path.of(System.getProperty("latchkey.distribution", "target/dist/latchkey")).toAbsolutePath();
  private static final String PROGRAM = DISTRIBUTION.resolve("bin/latchkey").toString();

  Console {
    variables = Map.copyOf(variables);
  }

  Console with(Map<String, String> more) {
    var all = new HashMap<>(variables);
    all.putAll(more);
    return new Console(folder, all);
  }

  /// Runs `latchkey` to its end.
  Ended latchkey(String... words) throws IOException, InterruptedException {
    try (Running running = start(words)) {
      return running.end();
    }
  }

  /// Starts `latchkey`.
  Running start(String... words) throws IOException {
    return launch(Stream.concat(Stream.of(PROGRAM), Stream.of(words)).toArray(String[]::new));
  }

  /// Runs another program to its end.
  Ended run(String... command) throws IOException, InterruptedException {
    try (Running running = launch(command)) {
      return running.end();
    }
  }

  /// Runs another program that may take long.
  Ended run(Duration bound, String... command) throws IOException, InterruptedException {
    try (Running running = launch(command)) {
      return running.end(bound);
    }
  }

  /// Starts another program.
  Running launch(String... command) throws IOException {
    Path errors = Files.createTempFile("latchkey-end2end", ".err");
    errors.toFile().deleteOnExit();
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH", "HOME", "TMPDIR", "LANG"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("LATCHKEY_CACHE", "off");
    environment.putAll(variables);
    return new Running(builder.redirectError(errors.toFile()).start(), errors);
  }
}
