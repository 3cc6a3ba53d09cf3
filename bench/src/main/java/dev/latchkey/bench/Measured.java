// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a command and all that it started took, as `bash` counts it.
///
/// @param seconds from its start to its end
/// @param processorSeconds of all its processes, in them and in the kernel for them
record Measured(double seconds, double processorSeconds) {
  private static final String TIMED = "TIMEFORMAT='%R %U %S'; time \"$@\" >\"$0\" 2>&1";

  /// Runs a command to its end.
  ///
  /// @param variables come on top of the environment
  /// @param input what the command reads
  /// @throws IllegalStateException when it ends with another code than 0
  static Measured run(Path folder, Map<String, String> variables, Path input, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    Path figures = Files.createTempFile(folder, "figures", ".txt");
    List<String> timed = new ArrayList<>(List.of("bash", "-c", TIMED, output.toString()));
    timed.addAll(command);
    var builder = new ProcessBuilder(timed).directory(folder.toFile());
    builder.environment().putAll(variables);
    Process process =
        builder
            .redirectInput(input.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(figures.toFile())
            .start();
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException(
          "exit code %d of %s:%n%s".formatted(code, command, Files.readString(output)));
    }
    String[] words = Files.readString(figures).strip().split(" ", -1);
    return new Measured(
        Double.parseDouble(words[0]), Double.parseDouble(words[1]) + Double.parseDouble(words[2]));
  }

  /// A command that reads nothing.
  static Measured run(Path folder, Map<String, String> variables, List<String> command)
      throws IOException, InterruptedException {
    return run(folder, variables, new File("/dev/null").toPath(), command);
  }
}
