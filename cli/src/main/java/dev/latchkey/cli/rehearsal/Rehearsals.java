// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.Latchkey;
import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.cli.torture.TortureCommand;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/// The commands that need no Azure.
public final class Rehearsals {
  private Rehearsals() {}

  /// `demo`, `sandbox`, and what the launcher runs to make later starts faster.
  public static List<Latchkey.Extra> commands(Surroundings around) {
    return List.of(
        new Command("demo", () -> new DemoCommand(around)),
        new Command("sandbox", () -> sandbox(around)),
        new Command("warm-up", () -> new WarmUpCommand(around)));
  }

  private static CommandLine sandbox(Surroundings around) {
    var breaking = new CommandLine(new BreakCommand(around));
    breaking
        .getCommandSpec()
        .usageMessage()
        .footerHeading("%nKinds%n")
        .footer(Mistakes.lines().toArray(String[]::new));
    return new CommandLine(new SandboxCommand(around))
        .addSubcommand("clock", new ClockCommand(around))
        .addSubcommand("break", breaking)
        .addSubcommand("mend", new MendCommand(around))
        .addSubcommand("faults", new FaultsCommand(around))
        .addSubcommand("state", new StateCommand(around))
        .addSubcommand("torture", new TortureCommand(around));
  }

  private record Command(String name, Supplier<Object> make) implements Latchkey.Extra {
    @Override
    public Object command() {
      return make.get();
    }
  }
}
