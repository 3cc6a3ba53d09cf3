// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Whole outputs beside the tests, for people to read.
final class Golden {
  private static final Path WRITTEN = Path.of("target", "golden");

  private Golden() {}

  /// Compares a text with the file of this name; a text that differs is left in `target/golden`.
  static void check(String name, String text) {
    try (InputStream file = Golden.class.getResourceAsStream(name)) {
      Files.createDirectories(WRITTEN);
      Files.writeString(WRITTEN.resolve(name), text);
      assertThat(file).as("the golden file " + name).isNotNull();
      assertThat(text).isEqualTo(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What is printed.
  static String printed(Consumer<PrintStream> printer) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      printer.accept(out);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
