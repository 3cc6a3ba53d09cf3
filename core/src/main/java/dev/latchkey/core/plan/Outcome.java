// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

import dev.latchkey.core.problem.Problem;
import java.util.List;

/// How a step ended.
public sealed interface Outcome {
  /// Something is different now.
  ///
  /// @param made what was really done, at least one change
  /// @param note one line for people; may be empty
  record Changed(List<Change> made, String note) implements Outcome {}

  /// All was as wanted.
  record Unchanged(String note) implements Outcome {}

  /// It failed; what was made before stays.
  record Failed(Problem problem, List<Change> made) implements Outcome {}

  /// It was not begun, since an earlier step did not give what it needs.
  record NotStarted(Fact lost) implements Outcome {}

  /// It was not begun, since the rollout had ended before this cluster's turn.
  record Withheld(String because) implements Outcome {}

  /// It was not begun, since nothing is done on this cluster.
  record Skipped(String reason) implements Outcome {}

  /// What this step changed.
  default List<Change> changes() {
    return switch (this) {
      case Changed changed -> changed.made();
      case Failed failed -> failed.made();
      case Unchanged _, NotStarted _, Withheld _, Skipped _ -> List.of();
    };
  }

  /// The outcome in one word, as JSON has it.
  default String word() {
    return switch (this) {
      case Changed _ -> "changed";
      case Unchanged _ -> "unchanged";
      case Failed _ -> "failed";
      case NotStarted _, Withheld _ -> "notStarted";
      case Skipped _ -> "skipped";
    };
  }
}
