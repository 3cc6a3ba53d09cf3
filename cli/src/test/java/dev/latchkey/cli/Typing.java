// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli;

import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.cli.command.Terminal;
import dev.latchkey.cli.command.WallTime;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// What is around somebody who types a command in a folder, without variables and without a
/// terminal.
public final class Typing {
  private Typing() {}

  /// The same folder is where latchkey stands.
  public static Surroundings in(Path folder, OutputStream out, OutputStream err) {
    return new Surroundings(
        "1.0",
        Map.of(),
        folder,
        folder,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        new Terminal.None(),
        new WallTime());
  }

  /// Nobody reads what is printed.
  public static Surroundings nowhere() {
    return in(Path.of(""), OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
  }
}
