// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.core.run.Runner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `latchkey verify`: walks the trust chain of each cluster and changes nothing.
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Walks each cluster's trust chain; changes nothing.")
final class VerifyCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private CommonOptions options = new CommonOptions();

  VerifyCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws InterruptedException {
    return Session.run(around, options, Runner::verify);
  }
}
