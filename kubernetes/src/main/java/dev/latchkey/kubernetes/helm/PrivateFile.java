// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A temporary file that only this user can read, and that is gone when it is closed.
///
/// Its name holds the process's id, so that what a killed run left can be told from what another
/// run still uses.
record PrivateFile(Path path) implements AutoCloseable {
  private static final Pattern NAME =
      Pattern.compile("latchkey-(\\d+)-\\d+\\.json|latchkey-chart-(\\d+)-\\d+");

  static PrivateFile holding(String content) {
    try {
      // createTempFile makes it readable and writable for its owner alone
      String prefix = "latchkey-" + ProcessHandle.current().pid() + "-";
      var file = new PrivateFile(Files.createTempFile(prefix, ".json"));
      try {
        Files.writeString(file.path, content);
        return file;
      } catch (IOException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a temporary file", e);
    }
  }

  /// Removes files and folders whose process is gone.
  static void sweep() {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "latchkey-*")) {
      for (Path file : files) {
        if (isOrphan(file)) {
          PrivateFolder.remove(file);
        }
      }
    } catch (IOException _) {
      // another user's, or being removed by its owner: not ours to clean
    }
  }

  private static boolean isOrphan(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches()
        && ProcessHandle.of(Long.parseLong(name.group(name.group(1) == null ? 2 : 1))).isEmpty();
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove a temporary file", e);
    }
  }
}
