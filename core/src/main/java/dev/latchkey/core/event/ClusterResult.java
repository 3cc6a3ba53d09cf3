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
import java.util.Optional;
import java.util.stream.Stream;

/// How a run ended on one cluster.
///
/// @param steps all six, in order
/// @param proofs what was tried of the trust chain, in order
/// @param findings what people should know
/// @param rollBack how bringing the release back ended, if that was tried
public record ClusterResult(
    Target target,
    Map<Step, StepResult> steps,
    List<Proof> proofs,
    List<String> findings,
    Optional<StepResult> rollBack) {

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
    /// The release is back at its last good revision, since too many clusters of its wave failed.
    ROLLED_BACK("rolledBack"),
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

  /// A result without a roll-back.
  public ClusterResult(
      Target target, Map<Step, StepResult> steps, List<Proof> proofs, List<String> findings) {
    this(target, steps, proofs, findings, Optional.empty());
  }

  /// How the cluster ended.
  public Ending ending() {
    List<Outcome> outcomes = outcomes().toList();
    if (rollBack.filter(back -> back.outcome() instanceof Outcome.Changed).isPresent()) {
      return Ending.ROLLED_BACK;
    }
    if (outcomes.stream().anyMatch(Outcome.Failed.class::isInstance)) {
      return Ending.FAILED;
    }
    if (outcomes.stream().anyMatch(Outcome.Skipped.class::isInstance)) {
      return Ending.SKIPPED;
    }
    if (outcomes.stream()
        .anyMatch(each -> each instanceof Outcome.NotStarted || each instanceof Outcome.Withheld)) {
      return Ending.NOT_STARTED;
    }
    return changes() > 0 ? Ending.CHANGED : Ending.UNCHANGED;
  }

  /// How many things are different now.
  public long changes() {
    return outcomes().mapToLong(outcome -> outcome.changes().size()).sum();
  }

  private Stream<Outcome> outcomes() {
    return Stream.concat(steps.values().stream(), rollBack.stream()).map(StepResult::outcome);
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
      case FAILED, ROLLED_BACK, NOT_STARTED -> false;
    };
  }
}
