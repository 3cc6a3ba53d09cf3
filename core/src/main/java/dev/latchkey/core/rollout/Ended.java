// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.rollout;

import java.time.Instant;

/// How the work on a cluster ended, as far as the rollout cares.
public record Ended(Cost cost, Trace trace) {
  /// What it takes from the wave's budget.
  public enum Cost {
    /// Nothing: the cluster is as wanted, or the fleet is complete without it.
    NONE,
    /// One failure.
    FAILURE
  }

  /// What the application runs on the cluster afterwards.
  public sealed interface Trace {
    /// Nothing that this run knows of.
    record Untouched() implements Trace {}

    /// The release that was there before.
    ///
    /// @param released when it was written
    record Kept(Instant released) implements Trace {}

    /// A release that this run wrote.
    record Made() implements Trace {}
  }
}
