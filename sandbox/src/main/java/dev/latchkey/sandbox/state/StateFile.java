// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.state;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// The file that holds a saved world.
public final class StateFile {
  /// What came of reading.
  public sealed interface Reading {
    /// The world.
    record Found(SavedWorld world) implements Reading {}

    /// It is not what is expected.
    ///
    /// @param line from 1; 0 when only the key is known, which `why` names
    /// @param column from 1; 0 likewise
    record Wrong(int line, int column, String why) implements Reading {}

    /// It was written by a sandbox with another form of saved worlds.
    record OtherVersion(int version) implements Reading {}
  }

  private StateFile() {}

  /// Reads a file.
  ///
  /// @throws IOException when it cannot be read
  public static Reading read(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (MalformedInputException e) {
      return new Reading.Wrong(1, 1, "this is not a text file");
    }
    try {
      JsonNode version = Form.MAPPER.readTree(text).path("version");
      if (!version.isInt()) {
        return new Reading.Wrong(1, 1, "no saved sandbox begins here: it has a number `version`");
      }
      return version.intValue() == SavedWorld.VERSION
          ? new Reading.Found(Form.MAPPER.readValue(text, SavedWorld.class))
          : new Reading.OtherVersion(version.intValue());
    } catch (JacksonException e) {
      TokenStreamLocation place = e.getLocation();
      boolean known = place != null && place.getLineNr() > 0;
      return new Reading.Wrong(
          known ? place.getLineNr() : 0, known ? place.getColumnNr() : 0, why(e));
    }
  }

  private static String why(JacksonException e) {
    return switch (e) {
      case StreamReadException broken -> "this is not JSON: " + reason(broken);
      case UnrecognizedPropertyException unknown -> "unknown key `%s`".formatted(place(unknown));
      default -> unexpected(e);
    };
  }

  /// Without the remark that Jackson hides what it read.
  private static String reason(StreamReadException e) {
    return e.getOriginalMessage().replaceAll(" \\(start marker.*", "");
  }

  /// Our own records say what they miss; of Jackson's reasons, which name classes, only the place.
  private static String unexpected(JacksonException e) {
    String place = "`" + place(e) + "`";
    return e.getCause() instanceof IllegalArgumentException own && own.getMessage() != null
        ? own.getMessage() + " (" + place + ")"
        : place + " is missing, or is not what is expected";
  }

  /// The keys and numbers that lead there.
  private static String place(JacksonException e) {
    var path = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      String key = step.getPropertyName();
      path.append(key == null ? "[" + step.getIndex() + "]" : (path.isEmpty() ? "" : ".") + key);
    }
    return path.toString();
  }

  /// Writes a world, readable by its owner alone: all of it, or nothing when that fails.
  public static void write(Path file, JsonNode world) throws IOException {
    Path whole = file.toAbsolutePath();
    Path folder = whole.getParent();
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, file.getFileName() + ".", ".part"); // 0600
    try {
      Files.writeString(part, Form.MAPPER.writeValueAsString(world) + "\n");
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
