// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.core.run.Runner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `latchkey deploy`: makes the fleet as the file says.
@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Makes the fleet as the file says, and proves its access.")
final class DeployCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private CommonOptions options = new CommonOptions();

  DeployCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws InterruptedException {
    return Session.run(around, options, Runner::deploy);
  }
}
