// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/// What developers see: nothing, or with `--debug` one line per request on standard error.
final class Logging {
  // Kept here, since the log manager forgets a logger that nobody holds.
  private static final Logger OURS = Logger.getLogger("dev.latchkey");

  private Logging() {}

  /// Silences every library.
  static void silence() {
    LogManager.getLogManager().reset();
    Logger.getLogger("").setLevel(Level.OFF);
  }

  /// Lets our own loggers speak.
  static void speak() {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tT.%1$tL %4$s %5$s%6$s%n");
    var console = new ConsoleHandler();
    console.setLevel(Level.ALL);
    OURS.setLevel(Level.FINE);
    OURS.addHandler(console);
  }
}
