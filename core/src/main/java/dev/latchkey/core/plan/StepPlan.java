// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

import dev.latchkey.core.problem.Problem;
import java.util.List;
import java.util.Optional;

/// What one step will do on one cluster.
///
/// @param obstacle why it cannot be done at all; the step then fails without a request
/// @param findings what people should know and latchkey does not change
public record StepPlan(
    Step step, List<Change> changes, Optional<Problem> obstacle, List<String> findings) {
  public StepPlan {
    changes = List.copyOf(changes);
    findings = List.copyOf(findings);
  }

  /// A step that does these changes.
  public static StepPlan of(Step step, List<Change> changes) {
    return new StepPlan(step, changes, Optional.empty(), List.of());
  }

  /// A step that cannot be done.
  public static StepPlan blocked(Step step, Problem obstacle) {
    return new StepPlan(step, List.of(), Optional.of(obstacle), List.of());
  }

  /// The same plan with findings.
  public StepPlan with(List<String> more) {
    return new StepPlan(step, changes, obstacle, more);
  }

  /// Whether something will be different afterwards.
  public boolean changesSomething() {
    return changes.stream().anyMatch(Change::changes);
  }
}
