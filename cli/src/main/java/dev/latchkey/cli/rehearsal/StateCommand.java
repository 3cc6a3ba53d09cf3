// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.Surroundings;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `latchkey sandbox state`: what a running sandbox holds.
@Command(
    name = "state",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Saves what a running sandbox holds.")
final class StateCommand implements Runnable {
  private final Surroundings around;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets `spec`
  StateCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public void run() {
    spec.commandLine().usage(around.out());
  }

  /// `latchkey sandbox state save FILE`.
  @Command(
      name = "save",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Saves it as a starting point for `sandbox start --state FILE`.")
  int save(
      @Mixin WhichSandbox sandbox,
      @Parameters(
              paramLabel = "FILE",
              description = "is replaced; holds secrets, so only its owner can read it")
          Path file)
      throws InterruptedException {
    WorldFile.of(around, file).write(sandbox.sandbox(around).ask("GET", "state", ""));
    around.out().println("Saved to " + file + ".");
    return 0;
  }
}
