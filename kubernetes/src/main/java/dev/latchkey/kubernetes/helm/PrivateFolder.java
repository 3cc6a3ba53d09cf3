// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A temporary folder that only this user can read, and that is gone when it is closed; named as
/// [PrivateFile] is, which sweeps both.
record PrivateFolder(Path path) implements AutoCloseable {
  /// A folder with these files.
  ///
  /// @throws IllegalArgumentException when a path leads out of it
  static PrivateFolder holding(Map<String, byte[]> files) {
    try {
      // createTempDirectory lets its owner alone in
      String prefix = "latchkey-chart-" + ProcessHandle.current().pid() + "-";
      var folder = new PrivateFolder(Files.createTempDirectory(prefix));
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

  static void remove(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() {
    try {
      remove(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove a temporary folder", e);
    }
  }
}
