// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

/// What differs from run to run, replaced by what it is.
final class Masked {
  private Masked() {}

  /// Masks ids, addresses and moments alone.
  static String generated(String text) {
    return text.replaceAll("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "GUID")
        .replaceAll("(127\\.0\\.0\\.1|localhost):\\d+", "HOST")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|\\+00:00)?", "TIME")
        .replaceAll("\\b[0-9a-f]{32}\\b", "VERSION");
  }

  static String text(String text) {
    return generated(text)
        .replaceAll("-[0-9a-f]{12}\\b", "-HASH")
        .replaceAll("\\b\\d+(\\.\\d+)? (s|ms|min)\\b", "TIME")
        .replaceAll("(?m)^ *\\d+:\\d\\d ", "AT ");
  }
}
