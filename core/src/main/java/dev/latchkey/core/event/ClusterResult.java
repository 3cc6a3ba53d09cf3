// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.event;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.trust.Proof;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a run ended on one cluster.
///
/// @param steps all six, in order
/// @param proofs what was tried of the trust chain, in order
/// @param findings what people should know
public record ClusterResult(
    Target target, Map<Step, StepResult> steps, List<Proof> proofs, List<String> findings) {

  /// How one step ended.
  public record StepResult(Outcome outcome, Duration took) {}

  /// How a cluster ended: exactly one of these.
  public enum Ending {
    /// Something is different now.
    CHANGED("changed"),
    /// All was as wanted.
    UNCHANGED("unchanged"),
    /// Nothing was done, since the cluster is stopped or is being deleted.
    SKIPPED("skipped"),
    /// A step failed.
    FAILED("failed"),
    /// Nothing was begun.
    NOT_STARTED("notStarted");

    private final String word;

    Ending(String word) {
      this.word = word;
    }

    /// The ending as JSON has it.
    public String word() {
      return word;
    }
  }

  public ClusterResult {
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    proofs = List.copyOf(proofs);
    findings = List.copyOf(findings);
  }

  /// How the cluster ended.
  public Ending ending() {
    List<Outcome> outcomes = steps.values().stream().map(StepResult::outcome).toList();
    if (outcomes.stream().anyMatch(Outcome.Failed.class::isInstance)) {
      return Ending.FAILED;
    }
    if (outcomes.stream().anyMatch(Outcome.Skipped.class::isInstance)) {
      return Ending.SKIPPED;
    }
    if (outcomes.stream().anyMatch(Outcome.NotStarted.class::isInstance)) {
      return Ending.NOT_STARTED;
    }
    return changes() > 0 ? Ending.CHANGED : Ending.UNCHANGED;
  }

  /// How many things are different now.
  public long changes() {
    return steps.values().stream().mapToLong(result -> result.outcome().changes().size()).sum();
  }

  /// What went wrong, one a step at the most.
  public Map<Step, Problem> problems() {
    var problems = new LinkedHashMap<Step, Problem>();
    steps.forEach(
        (step, result) -> {
          if (result.outcome() instanceof Outcome.Failed failed) {
            problems.put(step, failed.problem());
          }
        });
    return problems;
  }

  /// Whether the fleet is complete as far as this cluster goes.
  public boolean succeeded() {
    return switch (ending()) {
      case CHANGED, UNCHANGED -> true;
      case SKIPPED -> target.presence() == Target.Presence.OPTIONAL;
      case FAILED, NOT_STARTED -> false;
    };
  }
}
