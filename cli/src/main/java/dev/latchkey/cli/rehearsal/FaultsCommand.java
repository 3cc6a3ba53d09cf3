// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `latchkey sandbox faults`: which requests of a running sandbox fail.
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Changes which requests of a running sandbox fail.")
final class FaultsCommand implements Runnable {
  private final Surroundings around;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets `spec`
  FaultsCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public void run() {
    spec.commandLine().usage(around.out());
  }

  /// `latchkey sandbox faults load FILE`.
  @Command(
      name = "load",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Takes the rules of a file instead of those that hold.")
  int load(
      @Mixin WhichSandbox sandbox,
      @Parameters(paramLabel = "FILE", description = "YAML, see docs/sandbox.md") Path file)
      throws InterruptedException {
    Optional<FaultText> text = FaultText.read(around, file);
    if (text.isEmpty()) {
      return 2;
    }
    tell(sandbox.sandbox(around).ask("PUT", "faults", text.get().yaml()));
    return 0;
  }

  /// `latchkey sandbox faults list`.
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Lists the rules that hold.")
  int list(@Mixin WhichSandbox sandbox) throws InterruptedException {
    tell(sandbox.sandbox(around).ask("GET", "faults", ""));
    return 0;
  }

  /// `latchkey sandbox faults clear`.
  @Command(
      name = "clear",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Takes all rules away, those of the profile too.")
  int clear(@Mixin WhichSandbox sandbox) throws InterruptedException {
    tell(sandbox.sandbox(around).ask("DELETE", "faults", ""));
    return 0;
  }

  private void tell(JsonNode answer) {
    List<String> rules = answer.path("value").valueStream().map(JsonNode::asString).toList();
    around.out().println(rules.isEmpty() ? "No faults." : String.join("\n", rules));
  }
}
