// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.Event;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.resource.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The lines of a log when there are many clusters: one for each cluster that is done and has
/// changed, one for each failure, and now and then how far all are.
///
/// Clusters that are unchanged, waits and findings are not told one by one: the sums and the end
/// tell them.
final class FoldedLines {
  private static final Duration APART = Duration.ofSeconds(30);

  private final Screen screen;
  private final Board board = new Board();
  private final Map<ClusterName, Tally> changes = new HashMap<>();
  private final List<Line> waiting = new ArrayList<>();
  private Optional<Instant> told = Optional.empty();

  FoldedLines(Screen screen) {
    this.screen = screen;
  }

  /// Whether there are so many clusters.
  boolean isMany() {
    return board.clusters().size() > TableView.MANY;
  }

  void hear(Event event) {
    board.hear(event);
    if (!isMany()) {
      return;
    }
    told = told.or(() -> Optional.of(event.at()));
    switch (event) {
      case Event.StepEnded ended -> ended(ended);
      case Event.SignedIn _,
          Event.Selected _,
          Event.Planned _,
          Event.StepStarted _,
          Event.Waiting _,
          Event.Waited _,
          Event.Progress _,
          Event.Changed _,
          Event.Found _,
          Event.Proved _,
          Event.WaveStarted _,
          Event.Soaking _,
          Event.WaveEnded _,
          Event.Withheld _,
          Event.RollBackStarted _,
          Event.RolledBack _,
          Event.Interrupted _,
          Event.RunEnded _ -> {}
    }
    if (told.filter(last -> !event.at().isBefore(last.plus(APART))).isPresent()) {
      told = Optional.of(event.at());
      waiting.add(sums(event.at()));
    }
  }

  /// The lines that were not taken yet, without their time.
  List<Line> take() {
    var lines = List.copyOf(waiting);
    waiting.clear();
    return lines;
  }

  private void ended(Event.StepEnded ended) {
    ClusterName cluster = ended.cluster();
    changes.merge(cluster, Tally.of(ended.outcome().changes()), Tally::plus);
    switch (ended.outcome()) {
      case Outcome.Failed failed ->
          waiting.add(
              name(Symbol.FAILED, cluster)
                  .add(ended.step().title() + ": ")
                  .add(Hue.BAD, failed.problem().code())
                  .add(": " + failed.problem().text().what()));
      case Outcome.Changed _,
          Outcome.Unchanged _,
          Outcome.NotStarted _,
          Outcome.Withheld _,
          Outcome.Skipped _ -> {}
    }
    Tally all = changes.getOrDefault(cluster, Tally.of(List.of()));
    if (board.standing(cluster) == Standing.DONE && all.isSomething()) {
      Duration took = Duration.between(board.started(cluster).orElse(ended.at()), ended.at());
      waiting.add(
          name(Symbol.DONE, cluster)
              .add(all.words())
              .add(Hue.SOFT, " (" + Durations.words(took) + ")"));
    }
  }

  private Line name(Symbol symbol, ClusterName cluster) {
    return new Line(screen).add(symbol).add(Hue.STRONG, " " + cluster).add("  ");
  }

  private Line sums(Instant now) {
    return new CrowdView(screen, board, now, 0).sums();
  }
}
