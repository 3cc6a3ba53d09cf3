// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.sandbox.node.Program;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What images are on this machine: the sample app runs as a Java process of the distribution.
final class Programs {
  private Programs() {}

  static Map<String, Program> of(Surroundings around) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Map<String, String> environment = new HashMap<>();
    environment.put("LATCHKEY_EXIT_WITH_STDIN", "1");
    List.of("PATH", "HOME", "TMPDIR", "LANG")
        .forEach(
            name -> {
              String value = around.environment().get(name);
              if (value != null) {
                environment.put(name, value);
              }
            });
    return Map.of(
        "latchkey-sample-app",
        new Program(
            List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "-cp",
                around.home().resolve("lib") + "/*",
                "dev.latchkey.sample.Main"),
            environment,
            around.home()));
  }
}
