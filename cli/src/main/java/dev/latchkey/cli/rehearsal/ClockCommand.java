// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.Surroundings;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `latchkey sandbox clock`: the time of the simulated world.
@Command(
    name = "clock",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Tells the time of a running sandbox, or lets time pass.")
final class ClockCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private WhichSandbox which = new WhichSandbox();

  ClockCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws InterruptedException {
    tell(which.sandbox(around).ask("GET", "clock", ""));
    return 0;
  }

  /// `latchkey sandbox clock advance 1h`.
  @Command(
      name = "advance",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description =
          "Lets time pass at once: tokens expire, keys rotate, bins are emptied, lags end.")
  int advance(
      @Mixin WhichSandbox sandbox,
      @Parameters(
              paramLabel = "DURATION",
              converter = SpokenDuration.class,
              description = "such as 90s, 1h, 1h30m or 2d")
          Duration by)
      throws InterruptedException {
    String body = JsonMapper.shared().createObjectNode().put("by", by.toString()).toString();
    tell(sandbox.sandbox(around).ask("POST", "clock/advance", body));
    return 0;
  }

  private void tell(JsonNode answer) {
    around.out().println("It is " + answer.path("now").asString("") + " in the sandbox.");
  }
}
