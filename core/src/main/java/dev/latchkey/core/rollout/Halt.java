// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.rollout;

/// Why nothing new is begun.
public sealed interface Halt {
  /// More clusters of a wave failed than its budget allows.
  record BudgetSpent(String wave, int failures, int budget) implements Halt {}

  /// Somebody ended the run.
  record Interrupted() implements Halt {}

  /// The reason, for people.
  default String words() {
    return switch (this) {
      case BudgetSpent spent ->
          "%d cluster%s of wave `%s` failed, and %s may"
              .formatted(
                  spent.failures(),
                  spent.failures() == 1 ? "" : "s",
                  spent.wave(),
                  spent.budget() == 0 ? "none" : "only " + spent.budget());
      case Interrupted _ -> "the run was interrupted";
    };
  }
}
