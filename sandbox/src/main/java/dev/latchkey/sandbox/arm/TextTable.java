// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The lines of a table of facts that stands beside a class, without its comments.
public final class TextTable {
  private TextTable() {}

  /// The lines of the table of this name in the package of `owner`.
  public static List<String> lines(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name);
        var reader =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in, name), StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox's own " + name + " cannot be read", e);
    }
  }
}
