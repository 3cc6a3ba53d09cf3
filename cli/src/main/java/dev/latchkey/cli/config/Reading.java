// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.gate.Limits;

/// What came of reading a file: all of it, or all that is wrong with it.
public sealed interface Reading {
  /// The file is right.
  record Accepted(Fleet fleet, Limits limits) implements Reading {}

  /// The file is right as far as it goes, and Azure must be asked which clusters it selects.
  record Selecting(Selection selection, Limits limits) implements Reading {}

  /// The file is wrong; the command ends with exit code 2.
  record Refused(Mistakes mistakes) implements Reading {}
}
