// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.problem.Problem;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What will be done on one cluster.
///
/// @param skipped why nothing is done at all: the cluster is stopped, or is being deleted
/// @param steps all six; none when it is skipped; the one that fails, and those that change
///   nothing, when nothing can be begun
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
  /// changes nothing, nor does one that needs what it would have given.
  public List<Change> changes() {
    return inOrder().stream()
        .filter(step -> step.obstacle().isEmpty() && missing(step.step()).isEmpty())
        .flatMap(step -> step.changes().stream())
        .filter(Change::changes)
        .toList();
  }

  /// The things of a kind that will be made.
  public List<Change> made(Thing.Kind kind) {
    return changes().stream()
        .filter(Change.Create.class::isInstance)
        .filter(change -> change.thing().kind() == kind)
        .toList();
  }

  /// Whether a step changes something; one that is blocked does not.
  public boolean changes(Step step) {
    return step(step).filter(StepPlan::changesSomething).isPresent();
  }

  /// The fact that a step needs and that an earlier step, which cannot be done, will not give.
  public Optional<Fact> missing(Step step) {
    var lost = EnumSet.noneOf(Fact.class);
    for (StepPlan plan : inOrder()) {
      Optional<Fact> missing =
          Stream.of(Fact.values())
              .filter(fact -> plan.step().needed().contains(fact) && lost.contains(fact))
              .findFirst();
      if (plan.step() == step) {
        return missing;
      }
      if (missing.isPresent() || plan.obstacle().isPresent()) {
        lost.addAll(plan.step().given());
      }
    }
    return Optional.empty();
  }

  /// Whether something stands in the way of a step.
  public boolean isBlocked() {
    return inOrder().stream().anyMatch(step -> step.obstacle().isPresent());
  }

  /// The same where nothing is begun, since one step cannot be done: the others that would change
  /// something are left out.
  public ClusterPlan unbegun(Step step, Problem obstacle) {
    var left = new EnumMap<Step, StepPlan>(Step.class);
    inOrder().stream()
        .filter(each -> !each.changesSomething())
        .forEach(each -> left.put(each.step(), each));
    left.put(step, StepPlan.blocked(step, obstacle));
    return new ClusterPlan(target, skipped, left);
  }

  /// The same with one step that cannot be done.
  public ClusterPlan blocked(Step step, Problem obstacle) {
    var others = new EnumMap<Step, StepPlan>(Step.class);
    others.putAll(steps);
    others.put(step, StepPlan.blocked(step, obstacle));
    return new ClusterPlan(target, skipped, others);
  }
}
