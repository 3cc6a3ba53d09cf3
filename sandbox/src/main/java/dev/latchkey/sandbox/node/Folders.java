// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Folders of this machine.
public final class Folders {
  private Folders() {}

  /// Takes a folder away with all that is in it.
  ///
  /// @throws IOException when something of it cannot be deleted, or is not there
  public static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    }
  }
}
