// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.azure.credential.Source;
import dev.latchkey.cli.config.FleetFile;
import dev.latchkey.cli.config.Reading;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Limits;
import java.util.List;

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
    return cut(FleetFile.read(options.file(), around.environment()), options);
  }

  /// The same with the clusters alone that were asked for, as soon as the clusters are known.
  static Reading cut(Reading reading, CommonOptions options) {
    return switch (reading) {
      case Reading.Refused refused -> refused;
      case Reading.Selecting(var selection, var limits) ->
          new Reading.Selecting(selection, within(options, limits));
      case Reading.Accepted wanted ->
          new Reading.Accepted(
              options.only().isEmpty() ? wanted.fleet() : cut(wanted.fleet(), options),
              within(options, wanted.limits()));
    };
  }

  /// The budget that was typed comes before the file's.
  private static Limits within(CommonOptions options, Limits limits) {
    return options.budget().map(limits::withBudget).orElse(limits);
  }

  /// Says what is wrong with the file; the exit code for that.
  static int complain(Surroundings around, Reading.Refused refused) {
    around.err().println(around.neutral().text(refused.mistakes().render().stripTrailing()));
    return 2;
  }

  private static Fleet cut(Fleet fleet, CommonOptions options) {
    List<String> only = options.only();
    List<String> names = fleet.targets().stream().map(target -> target.name().value()).toList();
    only.stream()
        .filter(name -> !names.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw options.wrong(
                  "--only: the fleet has no cluster `%s`; it has %s"
                      .formatted(name, String.join(", ", names)));
            });
    List<Target> targets =
        fleet.targets().stream().filter(target -> only.contains(target.name().value())).toList();
    return new Fleet(fleet.application(), targets);
  }
}
