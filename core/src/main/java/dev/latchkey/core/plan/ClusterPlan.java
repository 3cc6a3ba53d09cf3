// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

import dev.latchkey.core.fleet.Target;
import java.util.Map;
import java.util.Optional;

/// What will be done on one cluster.
///
/// @param skipped why nothing is done at all: the cluster is stopped, or is being deleted
/// @param steps all six; none when it is skipped; only the one that fails when nothing can be begun
public record ClusterPlan(Target target, Optional<String> skipped, Map<Step, StepPlan> steps) {
  public ClusterPlan {
    steps = Map.copyOf(steps);
  }

  /// The plan of one step; empty when nothing is begun on this cluster.
  public Optional<StepPlan> step(Step step) {
    return Optional.ofNullable(steps.get(step));
  }
}
