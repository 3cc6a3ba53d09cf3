// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

/// Words as they are typed into a shell.
final class Typed {
  private Typed() {}

  /// One word, in quotes where a shell would make something else of it.
  static String word(Object word) {
    String text = word.toString();
    return text.matches("[\\p{L}\\p{N}_./:=,@%+-]+")
        ? text
        : "'" + text.replace("'", "'\\''") + "'";
  }
}
