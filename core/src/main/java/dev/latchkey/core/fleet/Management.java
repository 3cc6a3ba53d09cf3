// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.fleet;

/// What latchkey may make, and what it only observes: separation of duties.
public record Management(Duty cluster, Duty identity, Duty credential, Duty access) {
  /// Who makes a thing.
  public enum Duty {
    /// latchkey makes it where it is missing.
    MAKE,
    /// Others make it; latchkey names what is missing, with the command for its owner.
    REQUIRE
  }

  /// latchkey makes everything.
  public static final Management ALL = new Management(Duty.MAKE, Duty.MAKE, Duty.MAKE, Duty.MAKE);
}
