// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.problem.Problem;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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

  /// The plans of the steps in their order; none when it is skipped.
  public List<StepPlan> inOrder() {
    return Stream.of(Step.values()).flatMap(step -> step(step).stream()).toList();
  }

  /// What will be different afterwards, in the order of the steps. A step that cannot be done
  /// changes nothing.
  public List<Change> changes() {
    return inOrder().stream()
        .filter(step -> step.obstacle().isEmpty())
        .flatMap(step -> step.changes().stream())
        .filter(Change::changes)
        .toList();
  }

  /// The same with one step that cannot be done.
  public ClusterPlan blocked(Step step, Problem obstacle) {
    var others = new EnumMap<Step, StepPlan>(steps);
    others.put(step, StepPlan.blocked(step, obstacle));
    return new ClusterPlan(target, skipped, others);
  }
}
