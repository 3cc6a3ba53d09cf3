// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The tables of this package: one row a line, words parted by blanks, `#` for remarks.
final class Lines {
  private Lines() {}

  /// The rows of a table, each cut into so many words; the last one keeps its blanks.
  static List<List<String>> of(String table, int words) {
    try (InputStream in = Lines.class.getResourceAsStream(table);
        var reader =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in, table), StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> List.of(line.split(" ", words)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox's own " + table + " cannot be read", e);
    }
  }
}
