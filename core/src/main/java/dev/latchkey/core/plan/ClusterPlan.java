// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

import dev.latchkey.core.fleet.Target;
import java.util.Map;
import java.util.Optional;

/// What will be done on one cluster.
///
/// @param skipped why nothing is done at all: the cluster is stopped, or is being deleted
/// @param steps all six, or none when it is skipped
public record ClusterPlan(Target target, Optional<String> skipped, Map<Step, StepPlan> steps) {
  public ClusterPlan {
    steps = Map.copyOf(steps);
  }

  /// The plan of one step; the cluster is not skipped.
  public StepPlan step(Step step) {
    StepPlan plan = steps.get(step);
    if (plan == null) {
      throw new IllegalStateException("a cluster that is not skipped has all steps: " + step);
    }
    return plan;
  }
}
