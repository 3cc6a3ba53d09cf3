// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

import dev.latchkey.core.problem.Problem;

/// The room that a subscription has for role assignments.
///
/// @param subscription the vault's, in which assignments on its secrets count
/// @param added how many the run makes
public record Quota(String subscription, Used used, int added) {
  /// What Azure allows in a subscription, its resource groups and resources together.
  ///
  /// @see <a
  ///   href="https://learn.microsoft.com/azure/role-based-access-control/troubleshoot-limits">limits</a>
  public static final int LIMIT = 4_000;

  private static final int NEARLY_PERCENT = 90;

  /// What is used before the run.
  public sealed interface Used {
    /// Counted by a list of the subscription's assignments.
    record Counted(int assignments) implements Used {}

    /// It could not be listed.
    record Unknown(Problem reason) implements Used {}
  }

  /// How it stands after the run.
  public enum Standing {
    /// There is room.
    ROOM,
    /// Nine tenths are used.
    NEARLY_FULL,
    /// The run does not fit.
    EXCEEDED,
    /// Nobody can tell.
    UNKNOWN
  }

  /// How it stands after the run.
  public Standing standing() {
    return switch (used) {
      case Used.Unknown _ -> Standing.UNKNOWN;
      case Used.Counted counted -> standing(counted.assignments() + added);
    };
  }

  private static Standing standing(int after) {
    if (after > LIMIT) {
      return Standing.EXCEEDED;
    }
    return after * 100 >= LIMIT * NEARLY_PERCENT ? Standing.NEARLY_FULL : Standing.ROOM;
  }
}
