// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.kubernetes.temporary.OwnedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// The folder with a sandbox's files: the user's own, or a private one that goes away with it.
public record Scratch(Path folder, boolean isPassing) implements AutoCloseable {
  /// The folder that was named, or a new one.
  public static Scratch of(Surroundings around, Optional<Path> wanted) throws IOException {
    return wanted.isPresent()
        ? new Scratch(around.folder().resolve(wanted.get()), false)
        : new Scratch(Files.createTempDirectory(OwnedName.prefix("sandbox")), true);
  }

  @Override
  public void close() throws IOException {
    if (!isPassing) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
