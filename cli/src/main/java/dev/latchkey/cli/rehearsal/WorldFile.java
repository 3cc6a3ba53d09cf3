// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.sandbox.state.SavedWorld;
import dev.latchkey.sandbox.state.StateFile;
import dev.latchkey.sandbox.state.StateFile.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The file that a user names for a saved sandbox.
///
/// @param named as the user wrote it
/// @param file where that is
record WorldFile(Path named, Path file) {
  static WorldFile of(Surroundings around, Path named) {
    return new WorldFile(named, around.folder().resolve(named));
  }

  /// The world in it; empty when there is no file yet, which then can be written. A
  /// [ProblemException] when it holds no world.
  Optional<SavedWorld> read() {
    try {
      return Optional.of(world(StateFile.read(file)));
    } catch (NoSuchFileException e) {
      checkFolder();
      return Optional.empty();
    } catch (IOException e) {
      throw new ProblemException(new StateProblem.Unreadable(named, reason(e)), e);
    }
  }

  private SavedWorld world(Reading reading) {
    return switch (reading) {
      case Reading.Found(SavedWorld world) -> world;
      case Reading.Wrong(int line, int column, String why) -> {
        String place = line == 0 ? named.toString() : named + ":" + line + ":" + column;
        throw new ProblemException(new StateProblem.NoWorld(place, why));
      }
      case Reading.OtherVersion(int version) ->
          throw new ProblemException(
              new StateProblem.OtherVersion(named, version, SavedWorld.VERSION));
    };
  }

  /// A rehearsal of an hour is not lost at its end for want of a folder.
  private void checkFolder() {
    Path folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new ProblemException(new StateProblem.Unwritable(named, reason(e)), e);
    }
    if (!Files.isWritable(folder)) {
      throw new ProblemException(
          new StateProblem.Unwritable(named, "The folder is not writable: " + folder));
    }
  }

  void write(JsonNode world) {
    try {
      StateFile.write(file, world);
    } catch (IOException e) {
      throw new ProblemException(new StateProblem.Unwritable(named, reason(e)), e);
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
