// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

import java.io.IOException;
import java.time.InstantSource;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/// Serves HTTP first and reads the secrets after, so that its probes can tell what it waits for.
public final class Main {
  private Main() {}

  /// Runs until the process is ended.
  public static void main(String[] arguments) throws IOException {
    silenceLibraries();
    if ("1".equals(System.getenv("LATCHKEY_EXIT_WITH_STDIN"))) {
      exitWithStandardInput();
    }
    Settings settings;
    try {
      settings = Settings.from(System.getenv());
    } catch (IllegalArgumentException wrongSettings) {
      System.err.println(wrongSettings.getMessage());
      System.exit(2);
      return;
    }
    var board = new Board(settings.secrets(), InstantSource.system(), System.out::println);
    try (var server = new StatusServer(settings.port(), board)) {
      System.out.println("serving on port " + server.port());
      new Reader(settings.secrets(), KeyVault.of(settings), board).readForever(Thread::sleep);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// The Azure libraries log each refusal with its whole answer; the board says it in one line.
  private static void silenceLibraries() {
    LogManager.getLogManager().reset();
    Logger.getLogger("").setLevel(Level.OFF);
  }

  /// Whoever starts this process and dies without a word closes its standard input.
  private static void exitWithStandardInput() {
    Thread.ofPlatform()
        .daemon()
        .name("standard-input")
        .start(
            () -> {
              try {
                System.in.skipNBytes(Long.MAX_VALUE);
              } catch (IOException _) {
                // end of the input: what this thread waits for
              }
              Runtime.getRuntime().halt(0);
            });
  }
}
