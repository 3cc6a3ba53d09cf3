// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What somebody types and what appears, as a file for people to read.
///
/// Lines that begin with `$ ` are typed, with `> ` their continuations, with `# ` remarks; all
/// others are what the commands printed, generated values masked. All commands of a file run in one
/// shell, so that a variable of one is there in the next.
final class Transcript {
  private static final Path WRITTEN = Path.of("target", "transcripts");
  private static final String END = "--- the command has ended ---";
  private static final String ENDED =
      "\ncode=$?; [ $code -eq 0 ] || echo \"[exit $code]\"; echo '" + END + "'\n";
  private static final Duration BOUND = Duration.ofMinutes(6);

  private final String name;
  private final String text;

  private Transcript(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /// The transcript in the file of this name.
  static Transcript of(String name) throws IOException {
    try (InputStream file = Transcript.class.getResourceAsStream(name)) {
      assertThat(file).as("the transcript " + name).isNotNull();
      return new Transcript(name, new String(file.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /// Types its commands and compares; what appeared is left in `target/transcripts`.
  void check(Console console) throws IOException, InterruptedException {
    List<Typed> commands = commands();
    Path script = console.folder().resolve(Path.of(name).getFileName() + ".sh");
    Files.writeString(
        script,
        commands.stream()
            .map(Typed::command)
            .collect(Collectors.joining(ENDED, "exec 2>&1\n", ENDED)));
    Ended ended = console.run(BOUND, "bash", script.toString());
    String appeared = written(commands, List.of(ended.out().split(END + "\n", -1)));

    Path copy = WRITTEN.resolve(name);
    Files.createDirectories(copy.getParent());
    Files.writeString(copy, appeared);
    assertThat(appeared).as(name).isEqualTo(text);
  }

  private record Typed(String lines, String command) {}

  private List<Typed> commands() {
    var commands = new ArrayList<Typed>();
    var lines = new StringBuilder();
    var command = new StringBuilder();
    for (String line : text.lines().toList()) {
      boolean remark = line.startsWith("# ");
      boolean begins = line.startsWith("$ ");
      if ((remark || begins) && !command.isEmpty()) {
        commands.add(new Typed(lines.toString(), command.toString()));
        lines.setLength(0);
        command.setLength(0);
      }
      if (begins || line.startsWith("> ")) {
        command.append(command.isEmpty() ? "" : "\n").append(line.substring(2));
      }
      if (remark || begins || line.startsWith("> ")) {
        lines.append(line).append('\n');
      }
    }
    commands.add(new Typed(lines.toString(), command.toString()));
    return commands;
  }

  private static String written(List<Typed> commands, List<String> outputs) {
    var all = new StringBuilder();
    for (int i = 0; i < commands.size(); i++) {
      String output = i < outputs.size() ? outputs.get(i).stripTrailing() : "[never ran]";
      output = output.replace("\r\n", "\n"); // Key Vault ends the lines of its refusals so
      all.append(i == 0 ? "" : "\n").append(commands.get(i).lines());
      all.append(output.isEmpty() ? "" : Masked.generated(output).replaceAll("(?m) +$", "") + "\n");
    }
    return all.toString();
  }
}
