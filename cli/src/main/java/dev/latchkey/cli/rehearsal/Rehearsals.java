// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.Latchkey;
import dev.latchkey.cli.command.Surroundings;
import java.util.List;

/// The commands that need no Azure.
public final class Rehearsals {
  private Rehearsals() {}

  /// `demo` and `sandbox`.
  public static List<Latchkey.Extra> commands(Surroundings around) {
    return List.of(
        new Command("demo", new DemoCommand(around)),
        new Command("sandbox", new SandboxCommand(around)));
  }

  private record Command(String name, Object command) implements Latchkey.Extra {}
}
