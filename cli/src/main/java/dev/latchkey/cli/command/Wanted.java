// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.azure.credential.Source;
import dev.latchkey.cli.config.FleetFile;
import dev.latchkey.cli.config.Reading;
import dev.latchkey.core.gate.Limits;
import java.io.PrintStream;

/// Reads the file of a command, cut to the clusters that were asked for.
final class Wanted {
  private Wanted() {}

  static Reading read(Surroundings around, CommonOptions options) {
    options
        .credential()
        .filter(word -> !Source.WORDS.contains(word))
        .ifPresent(
            word -> {
              throw options.wrong(
                  "--credential: it is one of %s, not `%s`"
                      .formatted(String.join(", ", Source.WORDS), word));
            });
    options.checkKubeconfigs();
    return cut(FleetFile.read(options.file(), around.environment()), around, options);
  }

  /// The same with the clusters alone that were asked for, as soon as the clusters are known.
  static Reading cut(Reading reading, Surroundings around, CommonOptions options) {
    return switch (reading) {
      case Reading.Refused refused -> refused;
      case Reading.Selecting(var selection, var limits) ->
          new Reading.Selecting(selection, within(options, limits));
      case Reading.Accepted wanted ->
          new Reading.Accepted(
              new FleetPart(options, around.folder()).of(wanted.fleet()),
              within(options, wanted.limits()));
    };
  }

  /// The budget that was typed comes before the file's.
  private static Limits within(CommonOptions options, Limits limits) {
    return options.budget().map(limits::withBudget).orElse(limits);
  }

  /// Says that a shard has no cluster; the exit code for that.
  static int nothing(Surroundings around, CommonOptions options) {
    PrintStream lines = options.output() == CommonOptions.Output.JSON ? around.err() : around.out();
    lines.printf(
        "Shard %s has none of these clusters: nothing to do.%n", options.shard().orElse(""));
    return 0;
  }

  /// Says what is wrong with the file; the exit code for that.
  static int complain(Surroundings around, Reading.Refused refused) {
    around.err().println(around.neutral().text(refused.mistakes().render().stripTrailing()));
    return 2;
  }
}
