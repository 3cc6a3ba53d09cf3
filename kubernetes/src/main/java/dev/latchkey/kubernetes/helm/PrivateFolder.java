// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import dev.latchkey.kubernetes.temporary.OwnedName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A temporary folder that only this user can read, and that is gone when it is closed.
record PrivateFolder(Path path) implements AutoCloseable {
  /// A folder with these files.
  ///
  /// @throws IllegalArgumentException when a path leads out of it
  static PrivateFolder holding(Map<String, byte[]> files) {
    try {
      // createTempDirectory lets its owner alone in
      var folder = new PrivateFolder(Files.createTempDirectory(OwnedName.prefix("chart")));
      try {
        for (var file : files.entrySet()) {
          folder.write(file.getKey(), file.getValue());
        }
        return folder;
      } catch (IOException | IllegalArgumentException e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a temporary folder", e);
    }
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = path.resolve(name).normalize();
    if (!file.startsWith(path) || file.equals(path)) {
      throw new IllegalArgumentException("it leads out of the chart: " + name);
    }
    Files.createDirectories(file.resolveSibling("."));
    Files.write(file, content);
  }

  @Override
  public void close() {
    try {
      OwnedName.remove(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove a temporary folder", e);
    }
  }
}
