// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.cli.config.FleetFile;
import dev.latchkey.cli.config.Reading;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `latchkey validate`: reads the file as `deploy` does, and asks nothing of Azure.
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Names every mistake in the file; asks nothing of Azure.")
final class ValidateCommand implements Callable<Integer> {
  private final Surroundings around;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      defaultValue = CommonOptions.FLEET,
      description = "the fleet (default: ${DEFAULT-VALUE})")
  private Path file = Path.of(CommonOptions.FLEET);

  ValidateCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    return switch (FleetFile.read(file, around.environment())) {
      case Reading.Refused refused -> Wanted.complain(around, refused);
      case Reading.Selecting(var selection, _) -> {
        around
            .out()
            .printf(
                "%s is right: %s on %s%s%n",
                file,
                selection.application(),
                selection.listed() == 0 ? "" : selection.listed() + " of its own list and ",
                selection.count() == 1
                    ? "the clusters that its selection finds"
                    : "the clusters that its %d selections find".formatted(selection.count()));
        yield 0;
      }
      case Reading.Accepted wanted -> {
        int clusters = wanted.fleet().targets().size();
        around
            .out()
            .printf(
                "%s is right: %s on %d cluster%s%n",
                file, wanted.fleet().application(), clusters, clusters == 1 ? "" : "s");
        yield 0;
      }
    };
  }
}
