// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.CommonOptions;
import dev.latchkey.cli.command.Scratch;
import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `latchkey sandbox`: a simulated Azure for rehearsals.
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "A simulated Azure on this machine, for rehearsals.")
final class SandboxCommand implements Runnable {
  /// Where `start` writes unless it is told.
  static final Path FOLDER = Path.of(".latchkey", "sandbox");

  private final Surroundings around;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets `spec`
  SandboxCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public void run() {
    spec.commandLine().usage(around.out());
  }

  /// `latchkey sandbox start`: serves until it is stopped.
  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Serves until it is stopped.")
  int start(@Mixin SandboxOptions options) throws IOException, InterruptedException {
    Optional<Options> wanted = options.options(around);
    if (wanted.isEmpty()) {
      return 2;
    }
    Path folder = around.folder().resolve(options.folder().orElse(FOLDER));
    RunningSandbox.refuseSecond(folder);
    var end = new ProcessEnd();
    try (end;
        Sandbox sandbox = Sandbox.start(wanted.get())) {
      sandbox.writeTo(folder);
      around.out().println("A simulated Azure serves at " + sandbox.url());
      around.out().println();
      around.out().println("  . " + folder.resolve("sandbox.env"));
      around.out().println("  latchkey deploy -f " + folder.resolve("latchkey.yaml"));
      around.out().println();
      around.out().println("Stop it with Ctrl-C.");
      around.out().flush();
      end.await();
      options.state(around).ifPresent(file -> file.write(sandbox.saved().tree()));
    }
    return 0;
  }

  /// `latchkey sandbox run -- COMMAND`: starts it, runs the command with its variables, stops it.
  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description =
          "Starts it, runs a command with its variables, stops it; the command's exit code.")
  int run(
      @Mixin SandboxOptions options,
      @Parameters(
              arity = "1..*",
              paramLabel = "COMMAND",
              description = "after `--`: the command and its words")
          List<String> words)
      throws IOException, InterruptedException {
    Optional<Options> wanted = options.options(around);
    if (wanted.isEmpty()) {
      return 2;
    }
    var told = new ProcessEnd();
    try (told;
        Sandbox sandbox = Sandbox.start(wanted.get());
        Scratch scratch = Scratch.of(around, options.folder())) {
      Map<String, String> variables = sandbox.writeTo(scratch.folder());
      var command = new ProcessBuilder(new ArrayList<>(words)).inheritIO();
      command.environment().putAll(variables);
      Process process;
      try {
        process = command.start();
      } catch (IOException e) {
        around.err().println("latchkey: cannot run `" + words.getFirst() + "`: " + e.getMessage());
        return 127;
      }
      var end = new Thread(process::destroy);
      Runtime.getRuntime().addShutdownHook(end);
      int exit = process.waitFor();
      try {
        Runtime.getRuntime().removeShutdownHook(end);
      } catch (IllegalStateException e) {
        // this process is being ended too
      }
      options.state(around).ifPresent(file -> file.write(sandbox.saved().tree()));
      return exit;
    }
  }

  /// `latchkey sandbox contract DIR`: does the simulated Azure answer as a recorded one did?
  @Command(
      name = "contract",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = {
        "Replays recorded Azure traffic against the simulated Azure and compares the answers.",
        "Ends with 1 when they differ without a written reason, with 2 when a file is no recording."
      })
  int contract(
      @Parameters(
              paramLabel = "DIR",
              description = "a folder of recordings, JSON files at any depth")
          Path folder,
      @Option(
              names = "--output",
              paramLabel = "text|json",
              defaultValue = "text",
              description = "json: one document on standard output")
          CommonOptions.Output output)
      throws IOException {
    return new ContractRun(around).of(folder, output);
  }
}
