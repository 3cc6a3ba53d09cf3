// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import dev.latchkey.kubernetes.temporary.OwnedName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A temporary file that only this user can read, and that is gone when it is closed.
record PrivateFile(Path path) implements AutoCloseable {
  static PrivateFile holding(String content) {
    try {
      // createTempFile makes it readable and writable for its owner alone
      var file = new PrivateFile(Files.createTempFile(OwnedName.prefix("values"), ".json"));
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

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove a temporary file", e);
    }
  }
}
