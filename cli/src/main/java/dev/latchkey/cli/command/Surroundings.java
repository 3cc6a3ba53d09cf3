// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.cli.render.Neutral;
import dev.latchkey.cli.render.ProblemBlock;
import dev.latchkey.cli.render.Screen;
import dev.latchkey.core.port.Time;
import dev.latchkey.core.problem.Problem;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What a command finds around it: the only way to the process's environment, streams and clock.
///
/// @param version of latchkey
/// @param environment the process's variables
/// @param folder the working directory
/// @param home the folder of the distribution: `charts`, `lib`
/// @param terminal what standard output is
public record Surroundings(
    String version,
    Map<String, String> environment,
    Path folder,
    Path home,
    PrintStream out,
    PrintStream err,
    Terminal terminal,
    Time time) {

  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /// The same with other variables laid over the process's.
  public Surroundings with(Map<String, String> variables) {
    var more = new HashMap<>(environment);
    more.putAll(variables);
    return new Surroundings(version, more, folder, home, out, err, terminal, time);
  }

  /// Tells a problem that belongs to no cluster, on standard error.
  public void tell(Problem problem) {
    ProblemBlock.of(problem, Screen.endless(letters()))
        .forEach(line -> err.println(neutral().text(line)));
  }

  /// Whether an agent of Azure Pipelines reads what is printed.
  boolean inPipeline() {
    return environment.containsKey("TF_BUILD");
  }

  /// Keeps what others said from being taken for a command by whoever reads the output.
  public Neutral neutral() {
    return inPipeline() ? Neutral.IN_PIPELINE : Neutral.AS_IS;
  }

  /// How text may look on standard output at this moment: a window may have been resized.
  public Screen screen() {
    Screen.Colours colours =
        environment.getOrDefault("NO_COLOR", "").isEmpty() ? Screen.Colours.ON : Screen.Colours.OFF;
    return terminal
        .size()
        .map(size -> new Screen(letters(), colours, size.columns(), size.lines()))
        .orElseGet(() -> Screen.endless(letters()));
  }

  private Screen.Letters letters() {
    return out.charset().name().startsWith("UTF") ? Screen.Letters.UNICODE : Screen.Letters.ASCII;
  }
}
