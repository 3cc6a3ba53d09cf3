// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.command.Latchkey;
import dev.latchkey.cli.rehearsal.Rehearsals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;

/// What documents and messages tell people to type can be typed.
class CommandsInTextTest {
  private static final Path ROOT = Path.of(System.getProperty("latchkey.root", ".."));
  private static final CommandSpec PROGRAM = program();

  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern SPAN = Pattern.compile("`([^`\n]+)`");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  /// `latchkey deploy -f FILE` up to a comment, a bracket, a pipe or the end of the line; a binding
  /// of this name is kubectl's.
  private static final Pattern TYPED =
      Pattern.compile("(?<!binding )(?<![\\w/.-])(?:\\./)?latchkey +([a-z-][^#|)\n]*)");

  /// Options of a span that names no program, such as `--pods real|simulated`.
  private static final Pattern OPTION = Pattern.compile("^--[a-z][a-z-]*");

  /// A command of a span that names no program, such as `verify --report FILE`.
  private static final Pattern COMMAND = Pattern.compile("^([a-z]+) --.*");

  /// How sentences go on after the name of the program.
  private static final Set<String> PROSE =
      Set.of("again", "changed", "compares", "from", "hands", "itself", "writes");

  private static final Set<String> OTHER_PROGRAMS = Set.of("helm", "az", "mvn", "kubectl");
  private static final Set<String> OTHER_OPTIONS = Set.of("--set"); // Helm's

  @ParameterizedTest
  @CsvSource({
    "latchkey deploy -f latchkey.yaml --only aks-weu-1, ''",
    "./latchkey sandbox run --clusters 3 -- curl --silent URL, ''",
    "latchkey sandbox stop, stop",
    "latchkey explain issuer-differs, explain",
    "latchkey verify --why, --why",
    "latchkey demo -f latchkey.yaml, -f",
    "'kubectl delete pod orders, then latchkey doctor', doctor",
    "inlineScript: exec latchkey deploy --why, --why",
    "the tag is one that latchkey writes itself, ''",
  })
  void findsTheWordThatCannotBeTyped(String line, String word) {
    assertThat(String.join(" ", unknown(line))).isEqualTo(word);
  }

  @ParameterizedTest
  @MethodSource("dev.latchkey.cli.DocumentsTest#documents")
  void aDocumentNamesOnlyCommandsAndOptionsThatExist(Path document) throws IOException {
    String text = Files.readString(document);

    assertThat(FENCED.matcher(text).results().flatMap(block -> unknown(block.group()).stream()))
        .isEmpty();
    assertThat(
            SPAN.matcher(FENCED.matcher(text).replaceAll(""))
                .results()
                .flatMap(span -> unknownInSpan(span.group(1)).stream()))
        .isEmpty();
  }

  @Test
  void thePipelineTypesOnlyWhatExists() throws IOException {
    assertThat(Files.readAllLines(ROOT.resolve("pipelines/azure-pipelines.yml")))
        .filteredOn(line -> !line.strip().startsWith("#"))
        .flatMap(CommandsInTextTest::unknown)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aMessageNamesOnlyCommandsAndOptionsThatExist(String module) throws IOException {
    try (var files = Files.walk(ROOT.resolve(module + "/src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        assertThat(literals(file).flatMap(literal -> unknown(literal).stream()))
            .as(file.toString())
            .isEmpty();
      }
    }
  }

  static Stream<String> modules() {
    return Stream.of("core", "azure", "kubernetes", "cli");
  }

  private static Stream<String> literals(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.strip().startsWith("//"))
        .flatMap(line -> LITERAL.matcher(line).results())
        .map(literal -> literal.group(1));
  }

  private static List<String> unknownInSpan(String span) {
    var option = OPTION.matcher(span);
    if (option.find()) {
      return OTHER_OPTIONS.contains(option.group()) || isAnOption(PROGRAM, option.group())
          ? List.of()
          : List.of(option.group());
    }
    var command = COMMAND.matcher(span);
    return command.matches() && !OTHER_PROGRAMS.contains(command.group(1))
        ? unknown("latchkey " + span)
        : unknown(span);
  }

  private static boolean isAnOption(CommandSpec command, String name) {
    return command.optionsMap().containsKey(name)
        || command.subcommands().values().stream()
            .anyMatch(below -> isAnOption(below.getCommandSpec(), name));
  }

  /// The words after `latchkey` that no command and no option is named by.
  private static List<String> unknown(String text) {
    return TYPED
        .matcher(text)
        .results()
        .map(typed -> typed.group(1).split("[\\s`…;,]+"))
        .filter(words -> !PROSE.contains(words[0]))
        .flatMap(words -> unknown(PROGRAM, Arrays.asList(words)).stream())
        .toList();
  }

  private static List<String> unknown(CommandSpec program, List<String> words) {
    var unknown = new ArrayList<String>();
    CommandSpec command = program;
    for (String word : words) {
      if (word.equals("--")) {
        break;
      }
      if (word.startsWith("-")) {
        if (!command.optionsMap().containsKey(word.replaceFirst("=.*", ""))) {
          unknown.add(word);
        }
      } else if (command.subcommands().containsKey(word)) {
        command = command.subcommands().get(word).getCommandSpec();
      } else if (!command.subcommands().isEmpty()) {
        unknown.add(word);
        break;
      }
    }
    return unknown;
  }

  private static CommandSpec program() {
    var around = Typing.nowhere();
    return Latchkey.program(around, Rehearsals.commands(around)).getCommandSpec();
  }
}
