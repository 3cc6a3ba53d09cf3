// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli;

import dev.latchkey.cli.command.Build;
import dev.latchkey.cli.command.Latchkey;
import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.cli.command.Terminal;
import dev.latchkey.cli.command.WallTime;
import dev.latchkey.cli.rehearsal.Rehearsals;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/// The process: hands its environment, streams and clock to a command, and ends with its exit code.
public final class Main {
  private Main() {}

  /// Runs one command.
  public static void main(String... words) {
    Map<String, String> environment = System.getenv();
    var around =
        new Surroundings(
            Build.version(),
            environment,
            Path.of("").toAbsolutePath(),
            Path.of(System.getProperty("latchkey.home", ".")).toAbsolutePath(),
            stream(FileDescriptor.out),
            stream(FileDescriptor.err),
            Terminal.look(environment),
            new WallTime());
    int exit = Latchkey.run(around, Rehearsals.commands(around), words);
    around.out().flush();
    around.err().flush();
    System.exit(exit);
  }

  /// Text is UTF-8 whatever the locale says: pipelines often have none.
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
