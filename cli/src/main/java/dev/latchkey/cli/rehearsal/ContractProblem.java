// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import dev.latchkey.sandbox.contract.Unreadable;
import java.nio.file.Path;
import java.util.List;

/// What can be wrong with a folder of recordings.
sealed interface ContractProblem extends Problem {
  /// There is no such folder.
  record FolderMissing(Path folder) implements ContractProblem {}

  /// The folder holds no JSON file.
  record NothingRecorded(Path folder) implements ContractProblem {}

  /// A JSON file of the folder is no recording.
  ///
  /// @param place the file, with the line where that is known
  record FileUnreadable(String place, String why) implements ContractProblem {
    static FileUnreadable of(Unreadable bad) {
      String line = bad.line() == 0 ? "" : ":" + bad.line();
      return new FileUnreadable(bad.file() + line, bad.why());
    }
  }

  @Override
  default String code() {
    return switch (this) {
      case FolderMissing _ -> "recordings-missing";
      case NothingRecorded _ -> "recordings-missing";
      case FileUnreadable _ -> "recording-unreadable";
    };
  }

  @Override
  default Text text() {
    return switch (this) {
      case FolderMissing(Path folder) ->
          new Text(
              "There is no folder `" + folder + "`.",
              List.of(),
              "",
              "latchkey sandbox contract DIR, where DIR holds recordings");
      case NothingRecorded(Path folder) ->
          new Text(
              "The folder `" + folder + "` holds no JSON file.",
              List.of(),
              "",
              "latchkey sandbox contract DIR, where DIR holds recordings");
      case FileUnreadable(String place, String why) ->
          new Text(
              "A file is no recording; the others were replayed.",
              List.of(place),
              why,
              "correct the file, or move it out of the folder");
    };
  }
}
