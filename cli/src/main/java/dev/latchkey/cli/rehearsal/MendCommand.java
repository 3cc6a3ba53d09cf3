// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.sandbox.premise.Premise;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `latchkey sandbox mend KIND CLUSTER`: undoes what `break` did.
@Command(
    name = "mend",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Undoes a mistake that `latchkey sandbox break` made.")
final class MendCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private WhichSandbox which = new WhichSandbox();

  @Parameters(index = "0", paramLabel = "KIND", description = "as for break")
  private String kind = "";

  @Parameters(index = "1", paramLabel = "CLUSTER", description = "its name")
  private String cluster = "";

  MendCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (Premise.of(kind).isEmpty()) {
      around.tell(Mistakes.unknown(kind));
      return 2;
    }
    JsonNode answer = which.sandbox(around).ask("DELETE", Mistakes.path(kind, cluster), "");
    boolean was = answer.path("state").asString("").equals("done");
    around
        .out()
        .println("%s: %s".formatted(cluster, was ? kind + " is mended" : kind + " was not set"));
    return 0;
  }
}
