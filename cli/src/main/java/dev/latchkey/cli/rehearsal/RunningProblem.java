// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import java.nio.file.Path;
import java.util.List;

/// Why a running sandbox could not be steered, or another one not be started.
sealed interface RunningProblem extends Problem {
  /// No sandbox has written its files there.
  record NotThere(Path folder) implements RunningProblem {}

  /// Its files are there, and nobody answers.
  record Silent(Path folder, String reason) implements RunningProblem {}

  /// One runs there already, and another one would overwrite its files.
  record Occupied(Path folder, String url) implements RunningProblem {}

  /// It answered that the wish cannot be fulfilled.
  ///
  /// @param known what it would have taken
  record Refused(String code, String message, List<String> known) implements RunningProblem {}

  /// No mistake is called so.
  record NoSuchKind(String kind, List<String> known) implements RunningProblem {}

  @Override
  default String code() {
    return switch (this) {
      case NotThere _ -> "sandbox-not-found";
      case Silent _ -> "sandbox-silent";
      case Occupied _ -> "sandbox-folder-occupied";
      case Refused refused -> refused.code();
      case NoSuchKind _ -> "no-such-kind";
    };
  }

  @Override
  default Text text() {
    return switch (this) {
      case NotThere(Path folder) ->
          new Text(
              "No sandbox has written its files into " + folder + ".",
              List.of(),
              "A running sandbox is found by its folder: --dir, or LATCHKEY_SANDBOX_DIR.",
              "latchkey sandbox start --dir " + folder);
      case Silent(Path folder, String reason) ->
          new Text(
              "The sandbox of " + folder + " does not answer.",
              List.of(),
              reason,
              "latchkey sandbox start --dir " + folder);
      case Occupied(Path folder, String url) ->
          new Text(
              "A sandbox runs in " + folder + " already, at " + url + ".",
              List.of(),
              "Another one would overwrite its certificate, its tokens and its fleet file.",
              "stop it first, or choose another folder with --dir");
      case Refused(_, String message, List<String> known) ->
          new Text(message, known, "", known.isEmpty() ? "" : "use one of these");
      case NoSuchKind(String kind, List<String> known) ->
          new Text("There is no mistake `" + kind + "`.", known, "", "use one of these");
    };
  }
}
