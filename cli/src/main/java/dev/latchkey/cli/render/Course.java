// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.StepResult;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Listener;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Fact;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.step.StepProblem;
import dev.latchkey.core.trust.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The course of a run so far, for documents that must be written whenever it ends.
///
/// Belongs to the one thread that tells it the events.
public final class Course implements Listener {
  private record Place(ClusterName cluster, Step step) {}

  private final Board board = new Board();
  private final WaitTimes waits = new WaitTimes();
  private final Map<Place, List<Change>> made = new HashMap<>();
  private final Map<ClusterName, List<Proof>> proofs = new HashMap<>();
  private final Map<ClusterName, List<String>> findings = new HashMap<>();

  @Override
  public void hear(Event event) {
    board.hear(event);
    waits.hear(event);
    switch (event) {
      case Event.Changed changed ->
          made.computeIfAbsent(new Place(changed.cluster(), changed.step()), _ -> new ArrayList<>())
              .add(changed.change());
      case Event.Proved proved ->
          proofs.computeIfAbsent(proved.cluster(), _ -> new ArrayList<>()).add(proved.proof());
      case Event.Found found ->
          findings.computeIfAbsent(found.cluster(), _ -> new ArrayList<>()).add(found.words());
      case Event.SignedIn _,
          Event.Selected _,
          Event.Planned _,
          Event.StepStarted _,
          Event.Waiting _,
          Event.Waited _,
          Event.Progress _,
          Event.StepEnded _,
          Event.WaveStarted _,
          Event.Soaking _,
          Event.WaveEnded _,
          Event.Withheld _,
          Event.RollBackStarted _,
          Event.RolledBack _,
          Event.Interrupted _,
          Event.RunEnded _ -> {}
    }
  }

  /// What is done, once it is known.
  public Optional<Plan> plan() {
    return board.plan();
  }

  /// When the first thing happened.
  Optional<Instant> begun() {
    return board.begun();
  }

  /// What was waited for.
  WaitTimes waits() {
    return waits;
  }

  /// Whether the run came to its end.
  public boolean ended() {
    return board.summary().isPresent();
  }

  /// How the run ended, or how it stands when it is cut at this moment: what acts then counts as
  /// interrupted. Empty while nothing is planned.
  public Optional<Summary> summary(Instant now) {
    return board.summary().or(() -> board.plan().map(plan -> cut(plan, now)));
  }

  private Summary cut(Plan plan, Instant now) {
    List<Step> steps =
        plan.clusters().isEmpty() ? List.of(Step.VERIFICATION) : List.of(Step.values());
    List<ClusterResult> results =
        plan.fleet().targets().stream().map(target -> cut(target, steps, now)).toList();
    return new Summary(results, board.elapsed(now));
  }

  private ClusterResult cut(Target target, List<Step> steps, Instant now) {
    ClusterName cluster = target.name();
    Map<Step, StepResult> results = new EnumMap<>(Step.class);
    for (Step step : steps) {
      results.put(
          step,
          switch (board.row(cluster).getOrDefault(step, new Board.Cell.Idle())) {
            case Board.Cell.Ended over -> new StepResult(over.outcome(), over.took());
            case Board.Cell.Running running ->
                new StepResult(
                    new Outcome.Failed(
                        new StepProblem.InterruptedAtWork(),
                        List.copyOf(made.getOrDefault(new Place(cluster, step), List.of()))),
                    Duration.between(running.begun(), now));
            case Board.Cell.Idle _ ->
                new StepResult(
                    new Outcome.NotStarted(
                        step.needed().stream().sorted().findFirst().orElse(Fact.CLUSTER_UPDATED)),
                    Duration.ZERO);
          });
    }
    return new ClusterResult(
        target,
        results,
        proofs.getOrDefault(cluster, List.of()),
        findings.getOrDefault(cluster, List.of()));
  }
}
