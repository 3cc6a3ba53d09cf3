// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

/// Who wrote a value: the file itself, or a variable that the file uses.
public sealed interface Source {
  /// It stands in the file.
  record Written() implements Source {}

  /// It came from a variable.
  ///
  /// @param entry which entry of the variable's list, from 1; 0 for the variable as a whole
  record Variable(String name, int entry) implements Source {}
}
