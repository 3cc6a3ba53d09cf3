// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Listener;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.trust.Proof;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One line per finished thing, for logs: time since the start, cluster, step, what came of it.
///
/// A wait gets a line when it begins. Never redraws, so each line is true for ever. With many
/// clusters the finished thing is a cluster: see [FoldedLines].
public final class PlainLines implements Listener {
  private static final int CLOCK = 5;
  private static final int STEP = 17;
  private static final int NAME_AT_MOST = 32;
  private static final int MOST_NAMES = 6;

  private record Wait(ClusterName cluster, Step step, Lag lag) {}

  private final PrintStream out;
  private final Screen screen;
  private final Neutral neutral;
  private final Closing closing;
  private final FoldedLines folded;
  private final Set<Wait> announced = new HashSet<>();
  private final Map<ClusterName, Integer> tried = new HashMap<>();
  private final Map<ClusterName, Integer> proven = new HashMap<>();
  private Optional<Instant> begun = Optional.empty();
  private int nameWidth = 12;

  /// Lines for a log.
  ///
  /// @param neutral whether a pipeline reads the log and obeys what looks like a command
  /// @param hints where to go on when all is over
  public PlainLines(PrintStream out, Screen screen, Neutral neutral, List<Hint> hints) {
    this.out = out;
    this.screen = screen;
    this.neutral = neutral;
    this.closing = new Closing(screen, hints);
    this.folded = new FoldedLines(screen);
  }

  @Override
  public void hear(Event event) {
    begun = begun.or(() -> Optional.of(event.at()));
    folded.hear(event);
    switch (event) {
      case Event.SignedIn who ->
          print(
              new Line(screen)
                  .add(
                      "Signed in as %s (tenant %s) through %s"
                          .formatted(who.principal(), who.tenant(), who.source())));
      case Event.Selected selected -> SelectionLines.of(selected, screen).forEach(this::print);
      case Event.Planned planned -> planned(planned);
      case Event.RunEnded over -> close(over.summary());
      case Event _ when folded.isMany() ->
          folded.take().forEach(line -> print(clock(event.at()).add(line)));
      case Event.Waiting waiting -> waiting(waiting);
      case Event.Found found ->
          say(
              found.at(),
              found.cluster(),
              found.step(),
              new Line(screen).add(Hue.WARN, "note: ").add(found.words()));
      case Event.Proved proved -> count(proved);
      case Event.StepEnded ended ->
          ending(
                  ended.outcome(),
                  ended.took(),
                  tries(ended),
                  proven.getOrDefault(ended.cluster(), 0))
              .ifPresent(words -> say(ended.at(), ended.cluster(), ended.step(), words));
      case Event.WaveStarted started -> note(event.at(), WaveWords.of(started));
      case Event.Soaking soaking -> note(event.at(), WaveWords.of(soaking));
      case Event.WaveEnded ended -> note(event.at(), WaveWords.of(ended));
      case Event.RollBackStarted started ->
          say(
              started.at(),
              started.cluster(),
              Step.HELM_RELEASE,
              new Line(screen).add("goes back to its last good revision"));
      case Event.RolledBack back ->
          ending(back.outcome(), back.took(), 0, 0)
              .ifPresent(words -> say(back.at(), back.cluster(), Step.HELM_RELEASE, words));
      case Event.Interrupted _ -> note(event.at(), WaveWords.INTERRUPTED);
      case Event.StepStarted _,
          Event.Waited _,
          Event.Progress _,
          Event.Changed _,
          Event.Withheld _ -> {}
    }
  }

  private void planned(Event.Planned planned) {
    Fleet fleet = planned.plan().fleet();
    nameWidth =
        Math.min(
            NAME_AT_MOST,
            fleet.targets().stream()
                .mapToInt(target -> target.name().value().length())
                .max()
                .orElse(nameWidth));
    print(clock(planned.at()).add(Hue.STRONG, Headline.of(fleet, screen)));
    var skipped = new LinkedHashMap<String, List<String>>();
    for (ClusterPlan cluster : planned.plan().clusters()) {
      cluster
          .skipped()
          .ifPresent(
              reason ->
                  skipped
                      .computeIfAbsent(reason, _ -> new ArrayList<>())
                      .add(cluster.target().name().value()));
    }
    skipped.forEach(
        (reason, clusters) ->
            print(
                clock(planned.at())
                    .add(Count.few(clusters, MOST_NAMES))
                    .column(CLOCK + 2 + nameWidth + 2)
                    .add(Symbol.SKIPPED)
                    .add(" skipped: " + reason)));
  }

  private void waiting(Event.Waiting waiting) {
    if (announced.add(new Wait(waiting.cluster(), waiting.step(), waiting.lag()))) {
      say(
          waiting.at(),
          waiting.cluster(),
          waiting.step(),
          new Line(screen)
              .add(
                  "waiting: %s (usually %s, at most %s)"
                      .formatted(
                          waiting.lag().words(),
                          Durations.round(waiting.usual()),
                          Durations.round(waiting.bound()))));
    }
  }

  private void count(Event.Proved proved) {
    tried.merge(proved.cluster(), 1, Integer::sum);
    switch (proved.proof().verdict()) {
      case Proof.Verdict.Proven _ -> proven.merge(proved.cluster(), 1, Integer::sum);
      case Proof.Verdict.Refuted _, Proof.Verdict.NotProven _ -> {}
    }
  }

  /// What came of a step; nothing for one that was not begun, since the closing tells why.
  private Optional<Line> ending(Outcome outcome, Duration took, int tries, int proven) {
    return switch (outcome) {
      case Outcome.Changed changed ->
          Optional.of(
              mark(Symbol.DONE)
                  .add(Tally.names(changed.made()) + after(changed.note()))
                  .add(Hue.SOFT, " (" + Durations.words(took) + ")"));
      case Outcome.Unchanged unchanged when tries > 0 ->
          Optional.of(
              mark(Symbol.DONE)
                  .add(proven + " of " + Count.of(tries, "proof") + after(unchanged.note())));
      case Outcome.Unchanged unchanged ->
          Optional.of(mark(Symbol.SAME).add("unchanged" + after(unchanged.note())));
      case Outcome.Failed failed ->
          Optional.of(
              mark(Symbol.FAILED)
                  .add(Hue.BAD, failed.problem().code())
                  .add(": " + failed.problem().text().what()));
      case Outcome.NotStarted _, Outcome.Withheld _, Outcome.Skipped _ -> Optional.empty();
    };
  }

  private int tries(Event.StepEnded ended) {
    return ended.step() == Step.VERIFICATION ? tried.getOrDefault(ended.cluster(), 0) : 0;
  }

  private static String after(String note) {
    return note.isEmpty() ? "" : ", " + note;
  }

  private Line mark(Symbol symbol) {
    return new Line(screen).add(symbol).add(" ");
  }

  private void say(Instant at, ClusterName cluster, Step step, Line words) {
    int start = CLOCK + 2 + nameWidth + 2;
    print(
        clock(at)
            .add(cluster.value())
            .column(start)
            .add(step.title())
            .column(start + STEP + 2)
            .add(words));
  }

  /// Something that is about no single cluster.
  private void note(Instant at, String words) {
    print(clock(at).add(Hue.HINT, words));
  }

  private Line clock(Instant at) {
    String time = Durations.clock(Duration.between(begun.orElse(at), at));
    return new Line(screen)
        .add(Hue.SOFT, " ".repeat(Math.max(0, CLOCK - time.length())) + time)
        .add("  ");
  }

  private void close(Summary summary) {
    print(new Line(screen));
    closing.lines(summary).forEach(this::print);
    out.flush();
  }

  private void print(Line line) {
    out.print(neutral.text(line.text()) + "\n");
  }
}
