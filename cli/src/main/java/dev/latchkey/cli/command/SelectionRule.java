// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

/// Which selections of clusters a command takes.
public enum SelectionRule {
  /// Every one: the command changes nothing, or somebody accepted what it finds.
  ANY,
  /// One that does not differ suddenly from the clusters that are managed now.
  GRADUAL
}
