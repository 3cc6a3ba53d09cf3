// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.sandbox.premise.Premise;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `latchkey sandbox break KIND CLUSTER`: makes one of the classic mistakes.
@Command(
    name = "break",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Makes a classic mistake with one cluster of a running sandbox.")
final class BreakCommand implements Callable<Integer> {
  private final Surroundings around;

  @Mixin private WhichSandbox which = new WhichSandbox();

  @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = "see below")
  private @Nullable String kind;

  @Parameters(index = "1", arity = "0..1", paramLabel = "CLUSTER", description = "its name")
  private @Nullable String cluster;

  BreakCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (kind == null) {
      Mistakes.lines().forEach(around.out()::println);
      return 0;
    }
    Optional<Premise> premise = Premise.of(kind);
    if (premise.isEmpty()) {
      around.tell(Mistakes.unknown(kind));
      return 2;
    }
    if (cluster == null) {
      around.err().println("latchkey: which cluster? latchkey sandbox break " + kind + " CLUSTER");
      return 2;
    }
    tell(
        which.sandbox(around).ask("PUT", Mistakes.path(kind, cluster), ""), premise.get(), cluster);
    return 0;
  }

  private void tell(JsonNode answer, Premise premise, String name) {
    around.out().println(name + ": " + sentence(answer, premise));
    around.out().println("undo    latchkey sandbox mend " + premise.kind() + " " + name);
  }

  private static String sentence(JsonNode answer, Premise premise) {
    return switch (answer.path("state").asString("")) {
      case "waits" ->
          "nothing to break yet; it happens as soon as there is (%s)"
              .formatted(premise.explanation());
      case "nothing-to-do" -> "so it was before: " + premise.explanation();
      default -> premise.explanation();
    };
  }
}
