// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import java.util.Comparator;

/// A place in a file.
///
/// @param file as the user wrote it
/// @param line from 1; 0 for the file as a whole
/// @param column from 1; 0 for the file as a whole
public record Place(String file, int line, int column) implements Comparable<Place> {
  private static final Comparator<Place> READING_ORDER =
      Comparator.comparing(Place::file)
          .thenComparingInt(Place::line)
          .thenComparingInt(Place::column);

  /// The file as a whole.
  static Place whole(String file) {
    return new Place(file, 0, 0);
  }

  @Override
  public int compareTo(Place other) {
    return READING_ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
