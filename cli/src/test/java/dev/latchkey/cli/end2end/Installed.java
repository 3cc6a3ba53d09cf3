// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// Programs of others that the scripts in `.ci` install outside the checkout.
final class Installed {
  private Installed() {}

  /// The program; where it is missing the test is skipped, and fails in CI.
  ///
  /// @param script which installs it
  /// @param path below the folder of all clients
  static Path by(String script, Path path) {
    Path program = home().resolve(path);
    if (!Files.isExecutable(program)) {
      String line =
          "no %s at %s: .ci/%s installs it".formatted(path.getFileName(), program, script);
      if (Objects.equals(System.getenv("CI"), "true")) {
        fail(line);
      }
      abort(line);
    }
    return program;
  }

  private static Path home() {
    Map<String, String> variables = System.getenv();
    String cache =
        variables.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
    return Path.of(variables.getOrDefault("LATCHKEY_CLIENTS", cache + "/latchkey-clients"));
  }
}
