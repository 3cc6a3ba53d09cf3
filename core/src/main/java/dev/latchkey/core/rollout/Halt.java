// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.rollout;

import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.SecretName;

/// Why clusters are not begun.
public sealed interface Halt {
  /// More clusters of a wave failed than its budget allows.
  record BudgetSpent(String wave, int failures, int budget) implements Halt {}

  /// A vault does not have a secret that these clusters need.
  ///
  /// @param shownBy the cluster on which it was noticed
  record SecretMissing(SecretName secret, String vault, ClusterName shownBy) implements Halt {}

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
      case SecretMissing missing ->
          "`%s` is not in `%s`, as `%s` showed"
              .formatted(missing.secret(), missing.vault(), missing.shownBy());
      case Interrupted _ -> "the run was interrupted";
    };
  }
}
