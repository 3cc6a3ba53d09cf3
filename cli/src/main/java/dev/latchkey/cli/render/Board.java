// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.StepResult;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.resource.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is known of a run so far. Belongs to the one thread that tells it the events.
final class Board {

  /// Where one step of one cluster stands.
  sealed interface Cell {
    /// It has not begun.
    record Idle() implements Cell {}

    /// It acts.
    ///
    /// @param since when the step began, or its wait if it waits
    /// @param words what is being waited for, or how that is going
    /// @param usual how long such a wait usually takes
    /// @param lag which of Azure's delays is waited for
    record Running(
        Instant begun,
        Instant since,
        Optional<String> words,
        Optional<Duration> usual,
        Optional<String> lag)
        implements Cell {

      static Running from(Instant begun) {
        return new Running(begun, begun, Optional.empty(), Optional.empty(), Optional.empty());
      }
    }

    /// It is over.
    record Ended(Outcome outcome, Duration took) implements Cell {}
  }

  /// Whether an unchanged step did work that deserves a mark: a proof changes nothing.
  static boolean proves(Step step, Duration took) {
    return step == Step.VERIFICATION && took.isPositive();
  }

  /// The wave that is at work.
  ///
  /// @param soaksUntil when it is done, while it is watched
  record WaveNow(String name, int number, int waves, Optional<Instant> soaksUntil) {
    WaveNow soaking(Instant until) {
      return new WaveNow(name, number, waves, Optional.of(until));
    }
  }

  /// When one step of one cluster acted.
  record Stretch(ClusterName cluster, Step step, Instant from, Instant to, Outcome outcome) {}

  private final Map<ClusterName, Map<Step, Cell>> rows = new LinkedHashMap<>();
  private final Map<ClusterName, Instant> started = new HashMap<>();
  private final Map<ClusterName, Instant> ended = new HashMap<>();
  private final List<Stretch> stretches = new ArrayList<>();
  private Set<Step> steps = Set.of(Step.values());
  private Optional<Instant> begun = Optional.empty();
  private Optional<Event.Selected> selected = Optional.empty();
  private Optional<Plan> plan = Optional.empty();
  private Optional<Summary> summary = Optional.empty();
  private Optional<WaveNow> wave = Optional.empty();

  /// Takes notice.
  void hear(Event event) {
    begun = begun.or(() -> Optional.of(event.at()));
    switch (event) {
      case Event.Planned planned -> begin(planned.plan());
      case Event.StepStarted step -> {
        started.putIfAbsent(step.cluster(), step.at());
        put(step.cluster(), step.step(), Cell.Running.from(step.at()));
      }
      case Event.Waiting waiting ->
          put(
              waiting.cluster(),
              waiting.step(),
              new Cell.Running(
                  running(waiting.cluster(), waiting.step(), waiting.at()).begun(),
                  waiting.at(),
                  Optional.of(waiting.lag().words()),
                  Optional.of(waiting.usual()),
                  Optional.of(waiting.lag().words())));
      case Event.Waited waited ->
          put(
              waited.cluster(),
              waited.step(),
              Cell.Running.from(running(waited.cluster(), waited.step(), waited.at()).begun()));
      case Event.Progress progress ->
          put(progress.cluster(), progress.step(), progressed(progress));
      case Event.StepEnded ended -> end(ended);
      case Event.RunEnded over -> finish(over.summary());
      case Event.Selected found -> selected = Optional.of(found);
      case Event.WaveStarted started ->
          wave =
              Optional.of(
                  new WaveNow(started.wave(), started.number(), started.waves(), Optional.empty()));
      case Event.Soaking soaking -> wave = wave.map(current -> current.soaking(soaking.until()));
      case Event.WaveEnded _ -> wave = Optional.empty();
      case Event.Withheld withheld -> withhold(withheld);
      case Event.RollBackStarted started ->
          put(
              started.cluster(),
              Step.HELM_RELEASE,
              new Cell.Running(
                  started.at(),
                  started.at(),
                  Optional.of("going back"),
                  Optional.empty(),
                  Optional.empty()));
      case Event.RolledBack back ->
          put(back.cluster(), Step.HELM_RELEASE, new Cell.Ended(back.outcome(), back.took()));
      case Event.SignedIn _,
          Event.Changed _,
          Event.Found _,
          Event.Proved _,
          Event.Interrupted _ -> {}
    }
  }

  private void begin(Plan seen) {
    plan = Optional.of(seen);
    // a plan without any is that of a proof: step 6 alone
    steps = seen.clusters().isEmpty() ? Set.of(Step.VERIFICATION) : Set.of(Step.values());
    seen.fleet().targets().forEach(target -> idle(target.name()));
    seen.clusters()
        .forEach(
            cluster -> {
              ClusterName name = cluster.target().name();
              idle(name);
              cluster
                  .skipped()
                  .ifPresent(
                      reason -> {
                        for (Step step : Step.values()) {
                          put(
                              name,
                              step,
                              new Cell.Ended(new Outcome.Skipped(reason), Duration.ZERO));
                        }
                      });
            });
  }

  private void end(Event.StepEnded step) {
    ended.put(step.cluster(), step.at());
    put(step.cluster(), step.step(), new Cell.Ended(step.outcome(), step.took()));
    switch (step.outcome()) {
      case Outcome.Changed _, Outcome.Unchanged _, Outcome.Failed _ ->
          stretches.add(
              new Stretch(
                  step.cluster(),
                  step.step(),
                  step.at().minus(step.took()),
                  step.at(),
                  step.outcome()));
      case Outcome.NotStarted _, Outcome.Withheld _, Outcome.Skipped _ -> {}
    }
  }

  private void finish(Summary seen) {
    summary = Optional.of(seen);
    for (ClusterResult cluster : seen.clusters()) {
      cluster
          .steps()
          .forEach(
              (Step step, StepResult result) ->
                  put(
                      cluster.target().name(),
                      step,
                      new Cell.Ended(result.outcome(), result.took())));
    }
  }

  private void withhold(Event.Withheld withheld) {
    var cell = new Cell.Ended(new Outcome.Withheld(withheld.because()), Duration.ZERO);
    for (Step step : Step.values()) {
      put(withheld.cluster(), step, cell);
    }
  }

  private Cell progressed(Event.Progress progress) {
    Cell.Running before = running(progress.cluster(), progress.step(), progress.at());
    return new Cell.Running(
        before.begun(),
        before.since(),
        Optional.of(progress.words()),
        before.usual(),
        before.lag());
  }

  /// The cell as it runs; one that nobody saw begin does so now.
  private Cell.Running running(ClusterName cluster, Step step, Instant now) {
    return switch (cell(cluster, step)) {
      case Cell.Running running -> running;
      case Cell.Idle _, Cell.Ended _ -> Cell.Running.from(now);
    };
  }

  private void put(ClusterName cluster, Step step, Cell cell) {
    idle(cluster).put(step, cell);
  }

  private Map<Step, Cell> idle(ClusterName cluster) {
    return rows.computeIfAbsent(
        cluster,
        _ -> {
          var cells = new EnumMap<Step, Cell>(Step.class);
          for (Step step : Step.values()) {
            cells.put(step, new Cell.Idle());
          }
          return cells;
        });
  }

  /// The clusters, in the fleet's order.
  List<ClusterName> clusters() {
    return List.copyOf(rows.keySet());
  }

  /// Where a cluster stands, as far as its steps are part of this run.
  Standing standing(ClusterName cluster) {
    return Standing.of(
        row(cluster).entrySet().stream()
            .filter(entry -> steps.contains(entry.getKey()))
            .map(Map.Entry::getValue)
            .toList());
  }

  /// Where a step of a cluster stands.
  Cell cell(ClusterName cluster, Step step) {
    return row(cluster).getOrDefault(step, new Cell.Idle());
  }

  /// When the first step of a cluster began to act.
  Optional<Instant> started(ClusterName cluster) {
    return Optional.ofNullable(started.get(cluster));
  }

  /// When the last of a cluster's steps that ended did so.
  Optional<Instant> ended(ClusterName cluster) {
    return Optional.ofNullable(ended.get(cluster));
  }

  /// The six cells of a cluster.
  Map<Step, Cell> row(ClusterName cluster) {
    return Collections.unmodifiableMap(rows.getOrDefault(cluster, Map.of()));
  }

  /// What acted when, in the order of the ends.
  List<Stretch> stretches() {
    return Collections.unmodifiableList(stretches);
  }

  /// What will be done, once it is known. What the file's selections found; empty where it has
  /// none.
  Optional<Event.Selected> selected() {
    return selected;
  }

  Optional<Plan> plan() {
    return plan;
  }

  /// The wave that is at work, in a rollout that has waves.
  Optional<WaveNow> wave() {
    return wave;
  }

  /// How all ended, once it did.
  Optional<Summary> summary() {
    return summary;
  }

  /// When the first thing happened.
  Optional<Instant> begun() {
    return begun;
  }

  /// How long the run has taken at a moment.
  Duration elapsed(Instant now) {
    return begun.map(start -> Duration.between(start, now)).orElse(Duration.ZERO);
  }

  /// What is wanted on a cluster of the plan.
  Optional<Target> target(ClusterName cluster) {
    return plan.stream()
        .flatMap(seen -> seen.fleet().targets().stream())
        .filter(target -> target.name().equals(cluster))
        .findFirst();
  }
}
