// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.core.port.Time;
import dev.latchkey.core.run.Interruption;
import dev.latchkey.kubernetes.helm.Signals;
import java.io.PrintStream;
import java.time.Duration;

/// What a run does at Ctrl-C, and when an agent of Azure Pipelines cancels it.
///
/// The agent sends SIGINT, 7.5 s later SIGTERM, and kills 2.5 s after that. So the first signal
/// ends the run in its orderly way within seven seconds, and a second one ends the process at once.
final class Interrupts implements AutoCloseable {
  static final int EXIT = 130;
  private static final Duration IN_FLIGHT = Duration.ofSeconds(7);
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final Interruption interruption;
  private final Time time;
  private final PrintStream err;
  private final Signals signals;

  private Interrupts(Interruption interruption, Time time, PrintStream err, Signals signals) {
    this.interruption = interruption;
    this.time = time;
    this.err = err;
    this.signals = signals;
  }

  /// Listens for signals until it is closed.
  ///
  /// @param time the machine's, which no interruption ends
  static Interrupts on(Interruption interruption, Time time, PrintStream err, Signals signals) {
    var interrupts = new Interrupts(interruption, time, err, signals);
    signals.handle(interrupts::signalled);
    return interrupts;
  }

  /// Ends the process at once at any signal, as long as nobody is signed in: nothing can be in
  /// flight that changes anything, and a sign-in may hang.
  static void atOnce(PrintStream err, Signals signals) {
    signals.handle(
        () -> {
          err.println("Interrupted. Nothing was changed.");
          Runtime.getRuntime().halt(EXIT);
        });
  }

  private void signalled() {
    if (interruption.isRequested()) {
      err.println("Interrupted again: this ends at once.");
      Runtime.getRuntime().halt(EXIT);
    }
    interruption.request();
    Thread.ofVirtual().start(this::end);
  }

  /// Gives what is in flight its time, and the files that are written at the end theirs.
  private void end() {
    try {
      time.pause(IN_FLIGHT);
      interruption.giveUp();
      time.pause(CLOSING);
      Runtime.getRuntime().halt(EXIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (!interruption.isRequested()) {
      signals.endOrderly();
    }
  }
}
