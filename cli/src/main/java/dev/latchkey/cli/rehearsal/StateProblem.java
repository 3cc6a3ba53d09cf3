// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import java.nio.file.Path;
import java.util.List;

/// Why a sandbox cannot begin with a saved world, or cannot save its own.
sealed interface StateProblem extends Problem {
  /// The file is there and cannot be read.
  record Unreadable(Path file, String reason) implements StateProblem {}

  /// The file holds something else.
  ///
  /// @param place the file, with line and column where they are known
  record NoWorld(String place, String why) implements StateProblem {}

  /// Another latchkey wrote it.
  record OtherVersion(Path file, int version, int known) implements StateProblem {}

  /// An option asks for what the saved world is not.
  record Contradiction(Path file, String option, long wanted, long saved) implements StateProblem {}

  /// The world cannot be written.
  record Unwritable(Path file, String reason) implements StateProblem {}

  @Override
  default String code() {
    return switch (this) {
      case Unreadable _ -> "state-unreadable";
      case NoWorld _ -> "state-wrong";
      case OtherVersion _ -> "state-of-other-version";
      case Contradiction _ -> "state-contradicted";
      case Unwritable _ -> "state-unwritable";
    };
  }

  @Override
  default Text text() {
    return switch (this) {
      case Unreadable(Path file, String reason) ->
          new Text(
              "The saved sandbox `" + file + "` cannot be read.",
              List.of(),
              reason,
              "make it readable, or name a file that does not exist yet");
      case NoWorld(String place, String why) ->
          new Text(
              "The file is no saved sandbox.",
              List.of(place),
              why,
              "name a file that a sandbox wrote, or one that does not exist yet");
      case OtherVersion(Path file, int version, int known) ->
          new Text(
              "The sandbox `" + file + "` was saved by another version of latchkey.",
              List.of("in the file  " + version, "known        " + known),
              "",
              "name a file that does not exist yet: the sandbox begins with its own fleet");
      case Contradiction(Path file, String option, long wanted, long saved) ->
          new Text(
              "`" + option + "` asks for another sandbox than the saved one.",
              List.of(option + "  " + wanted, file + "  " + saved),
              "A saved sandbox keeps its seed and its clusters.",
              "leave `" + option + "` out, or name a file that does not exist yet");
      case Unwritable(Path file, String reason) ->
          new Text(
              "The sandbox cannot be saved to `" + file + "`.",
              List.of(),
              reason,
              "name a file in a folder that you may write");
    };
  }
}
