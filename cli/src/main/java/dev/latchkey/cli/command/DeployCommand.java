// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.cli.record.SavedPlan;
import dev.latchkey.core.run.Runner;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `latchkey deploy`: makes the fleet as the file says.
@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Makes the fleet as the file says, and proves its access.")
final class DeployCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private CommonOptions options = new CommonOptions();

  @Option(
      names = "--accept-selection",
      description = "deploys though the selected clusters differ suddenly from those managed now")
  private boolean accepted;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description =
          "does exactly what this saved plan says, or nothing if what it is based on changed")
  private @Nullable Path plan;

  DeployCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws InterruptedException {
    var rule = accepted ? SelectionRule.ANY : SelectionRule.GRADUAL;
    if (plan == null) {
      return Session.run(around, options, rule, Runner::deploy);
    }
    SavedPlan saved = SavedPlan.read(around.folder().resolve(plan));
    return Session.run(around, options, rule, (runner, fleet) -> runner.deploy(fleet, saved));
  }
}
