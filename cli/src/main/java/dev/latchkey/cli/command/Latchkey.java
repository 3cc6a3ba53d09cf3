// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.cli.render.PipelineCommands;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.problem.WrongInput;
import dev.latchkey.core.run.LookInterrupted;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// The program: parses the words and hands over to one command.
@Command(
    name = "latchkey",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    synopsisHeading = "",
    customSynopsis = {
      "Deploys an application, with no stored secret, to a fleet of AKS clusters.",
      "",
      "  latchkey COMMAND [OPTIONS]",
      "  latchkey COMMAND --help"
    },
    commandListHeading = "%nCommands%n",
    optionListHeading = "%nOptions%n",
    footer = {"", "Exit codes: 0 done, 1 something failed, 2 the input is wrong, 130 interrupted."},
    versionProvider = Latchkey.Version.class)
public final class Latchkey implements Runnable {
  /// Commands that another package adds, such as the rehearsals on the sandbox.
  public interface Extra {
    /// The name that is typed.
    String name();

    /// A picocli command, made when it is needed.
    Object command();
  }

  private static final int WRONG_INPUT = 2;

  private final Surroundings around;

  @Spec private CommandLine.Model.CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets `spec`
  private Latchkey(Surroundings around) {
    this.around = around;
  }

  /// Runs the program.
  ///
  /// @return the exit code
  public static int run(Surroundings around, List<Extra> extras, String... words) {
    Logging.silence();
    CommandLine program = program(around, needed(commands(around, extras), words));
    program.setOut(new PrintWriter(around.out(), true, around.out().charset()));
    program.setErr(new PrintWriter(around.err(), true, around.err().charset()));
    program.setParameterExceptionHandler(Latchkey::wrongWords);
    program.setExecutionExceptionHandler((failure, _, parsed) -> failed(around, failure, parsed));
    ConstantOptions.teach(program);
    return program.execute(words);
  }

  /// All commands and their options; what is not in it does not exist.
  public static CommandLine program(Surroundings around, List<Extra> extras) {
    return program(around, commands(around, extras));
  }

  private static CommandLine program(
      Surroundings around, SequencedMap<String, Supplier<Object>> commands) {
    var program = new CommandLine(new Latchkey(around));
    commands.forEach((name, command) -> program.addSubcommand(name, command.get()));
    return program;
  }

  private static SequencedMap<String, Supplier<Object>> commands(
      Surroundings around, List<Extra> extras) {
    var commands = new LinkedHashMap<String, Supplier<Object>>();
    commands.put("plan", () -> PlanCommand.line(around));
    commands.put("deploy", () -> new DeployCommand(around));
    commands.put("status", () -> StatusCommand.of(around));
    commands.put("verify", () -> new VerifyCommand(around));
    commands.put("validate", () -> new ValidateCommand(around));
    extras.forEach(extra -> commands.put(extra.name(), extra::command));
    return commands;
  }

  /// The command that was typed, alone: looking at the options of all of them takes a quarter of
  /// the time of a short one. All of them where help or a hint may be wanted.
  private static SequencedMap<String, Supplier<Object>> needed(
      SequencedMap<String, Supplier<Object>> commands, String... words) {
    String first = words.length == 0 ? "" : words[0];
    var needed = new LinkedHashMap<>(commands);
    if (first.equals("--version") || first.equals("-V")) {
      needed.clear();
    } else if (commands.containsKey(first)) {
      needed.keySet().retainAll(Set.of(first));
    }
    return needed;
  }

  @Override
  public void run() {
    spec.commandLine().usage(around.out());
  }

  private static int wrongWords(ParameterException mistake, String[] words) {
    CommandLine command = mistake.getCommandLine();
    command.getErr().println("latchkey: " + mistake.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(mistake, command.getErr())) {
      command.getErr().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    }
    return WRONG_INPUT;
  }

  private static int failed(Surroundings around, Exception failure, ParseResult parsed) {
    if (isDebugging(parsed)) {
      failure.printStackTrace(around.err());
    }
    if (failure instanceof ProblemException known) {
      around.tell(known.problem());
      if (around.inPipeline()) {
        around.err().println(PipelineCommands.refused(known.problem()));
      }
      return known.problem() instanceof WrongInput ? WRONG_INPUT : 1;
    }
    if (failure instanceof InterruptedException) {
      String words = failure instanceof LookInterrupted look ? ": " + look.words() : "";
      around.err().println("Interrupted" + words + ". Nothing was changed.");
      return Interrupts.EXIT;
    }
    around.err().println("This is a bug in latchkey: " + around.neutral().text(failure.toString()));
    if (!isDebugging(parsed)) {
      around.err().println("  next  run again with --debug and report what it prints");
    }
    return 1;
  }

  private static boolean isDebugging(ParseResult parsed) {
    return Optional.ofNullable(parsed)
        .filter(ParseResult::hasSubcommand)
        .map(ParseResult::subcommand)
        .filter(command -> command.hasMatchedOption("--debug"))
        .isPresent();
  }

  /// Reads the version from the jar.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"latchkey " + of()};
    }

    static String of() {
      return Build.version();
    }
  }
}
