// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.Latchkey;
import dev.latchkey.cli.command.Scratch;
import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.cli.command.Terminal;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Sandbox;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// What the launcher runs in the background, so that Java remembers the classes of a deployment:
/// one cluster of a simulated Azure without durations. Prints nothing.
@Command(
    name = "warm-up",
    hidden = true,
    description = "Deploys to one simulated cluster, so that later starts are faster.")
final class WarmUpCommand implements Callable<Integer> {
  private final Surroundings around;

  WarmUpCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException {
    Options options =
        Options.defaults()
            .withProfile(Options.Profile.INSTANT)
            .withClusters(1)
            .withChart(around.home().resolve("charts").resolve("workload"));
    try (Sandbox sandbox = Sandbox.start(options);
        Scratch scratch = Scratch.of(around, Optional.empty())) {
      Surroundings inside = silent(sandbox.writeTo(scratch.folder()), scratch.folder());
      String file = scratch.folder().resolve("latchkey.yaml").toString();
      int valid = Latchkey.run(inside, List.of(), "validate", "-f", file);
      int deployed =
          Latchkey.run(inside, List.of(), "deploy", "-f", file, "--credential", "workload");
      return Math.max(valid, deployed);
    }
  }

  private Surroundings silent(Map<String, String> variables, Path folder) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream());
    Surroundings inside = around.with(variables);
    return new Surroundings(
        inside.version(),
        inside.environment(),
        folder,
        inside.home(),
        nowhere,
        nowhere,
        new Terminal.None(),
        inside.time());
  }
}
