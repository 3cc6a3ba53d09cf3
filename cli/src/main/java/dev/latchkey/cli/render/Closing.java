// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.Ending;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is said when a run is over: how it went, what is proven, what is wrong, where to go on.
final class Closing {
  private static final int MOST_NAMES = 6;

  private final Screen screen;
  private final List<Hint> hints;

  /// The words for a screen.
  Closing(Screen screen, List<Hint> hints) {
    this.screen = screen;
    this.hints = List.copyOf(hints);
  }

  /// The lines, an empty one between two parts.
  List<Line> lines(Summary summary) {
    var lines = new ArrayList<Line>();
    lines.addAll(SumLines.of(summary, screen));
    part(lines, undone(summary));
    part(lines, ProofLines.of(summary, screen));
    troubles(lines, summary);
    part(lines, findings(summary));
    part(
        lines,
        hints.stream()
            .map(hint -> line().add(Hue.HINT, hint.label()).column(8).add(hint.text()))
            .toList());
    return lines;
  }

  /// Problems of one kind together. Where a cluster stands is told once, below its first problem,
  /// and only clusters that stand alike share it.
  private void troubles(List<Line> lines, Summary summary) {
    Map<Trouble, String> standings = standings(summary);
    Trouble.kinds(summary).stream()
        .flatMap(kind -> kind.partedBy(trouble -> standings.getOrDefault(trouble, "")).stream())
        .forEach(kind -> tell(lines, kind, standings, summary));
  }

  private void tell(
      List<Line> lines, Trouble.Kind kind, Map<Trouble, String> standings, Summary summary) {
    List<String> others = kind.others();
    for (Trouble trouble : kind.told()) {
      part(lines, ProblemBlock.of(trouble, screen));
      String stands = standings.getOrDefault(trouble, "");
      if (!stands.isEmpty()) {
        String tally = others.isEmpty() ? "  (" + tally(summary, trouble) + ")" : "";
        lines.addAll(labelled("done", stands + tally));
      }
    }
    if (!others.isEmpty()) {
      lines.addAll(labelled("same", "on " + Count.few(others, MOST_NAMES)));
    }
  }

  private static String tally(Summary summary, Trouble trouble) {
    return summary.clusters().stream()
        .filter(cluster -> cluster.target().name().equals(trouble.cluster()))
        .map(cluster -> Tally.of(cluster).soFar())
        .findFirst()
        .orElse("");
  }

  private List<Line> labelled(String label, String words) {
    return Paragraph.behind(line().add(Hue.SOFT, "  " + label).column(8), words, screen);
  }

  private void part(List<Line> lines, List<Line> part) {
    if (!part.isEmpty()) {
      lines.add(line());
      lines.addAll(part);
    }
  }

  private List<Line> undone(Summary summary) {
    var byWords = new LinkedHashMap<String, List<String>>();
    for (ClusterResult cluster : summary.clusters()) {
      String words =
          switch (cluster.ending()) {
            case SKIPPED -> "skipped: " + reason(cluster);
            case NOT_STARTED ->
                "not started" + withheld(cluster).map(because -> ": " + because).orElse("");
            case ROLLED_BACK -> "rolled back: " + wentBack(cluster);
            case CHANGED, UNCHANGED, FAILED -> "";
          };
      if (!words.isEmpty()) {
        byWords
            .computeIfAbsent(
                words + (cluster.succeeded() ? " (optional)" : ""), _ -> new ArrayList<>())
            .add(cluster.target().name().value());
      }
    }
    return byWords.entrySet().stream()
        .flatMap(
            entry ->
                Paragraph.behind(
                    line()
                        .add(Symbol.SKIPPED)
                        .add(Hue.STRONG, " " + Count.few(entry.getValue(), MOST_NAMES))
                        .add("  "),
                    entry.getKey(),
                    screen)
                    .stream())
        .toList();
  }

  private static Optional<String> withheld(ClusterResult cluster) {
    return cluster.steps().values().stream()
        .map(ClusterResult.StepResult::outcome)
        .filter(Outcome.Withheld.class::isInstance)
        .map(outcome -> ((Outcome.Withheld) outcome).because())
        .findFirst();
  }

  private static String wentBack(ClusterResult cluster) {
    return cluster
        .rollBack()
        .map(ClusterResult.StepResult::outcome)
        .filter(Outcome.Changed.class::isInstance)
        .map(outcome -> ((Outcome.Changed) outcome).note())
        .orElse("");
  }

  private static String reason(ClusterResult cluster) {
    return cluster.steps().values().stream()
        .map(ClusterResult.StepResult::outcome)
        .filter(Outcome.Skipped.class::isInstance)
        .map(Outcome.Skipped.class::cast)
        .map(Outcome.Skipped::reason)
        .findFirst()
        .orElse("");
  }

  /// What is said below the first problem of each failed cluster.
  private static Map<Trouble, String> standings(Summary summary) {
    var standings = new HashMap<Trouble, String>();
    for (ClusterResult cluster : summary.clusters()) {
      if (cluster.ending() == Ending.FAILED && !SumLines.onlyProven(cluster)) {
        Trouble.of(cluster).stream()
            .findFirst()
            .ifPresent(trouble -> standings.put(trouble, stands(cluster)));
      }
    }
    return standings;
  }

  /// Where a failed cluster stands, so that nobody has to guess what was undone: nothing was.
  private static String stands(ClusterResult cluster) {
    var done = new ArrayList<String>();
    var missing = new ArrayList<String>();
    for (Step step : Step.values()) {
      ClusterResult.StepResult result = cluster.steps().get(step);
      if (result != null) {
        switch (result.outcome()) {
          case Outcome.Changed _, Outcome.Unchanged _ -> done.add(step.title());
          case Outcome.NotStarted _, Outcome.Withheld _ -> missing.add(step.title());
          case Outcome.Failed _, Outcome.Skipped _ -> {}
        }
      }
    }
    return (done.isEmpty() ? "nothing" : Count.and(done))
        + (missing.isEmpty() ? "" : "; not begun: " + Count.and(missing));
  }

  /// The findings of a run, each once, with the clusters that have it.
  static Map<String, List<String>> findingsByWords(Summary summary) {
    var byWords = new LinkedHashMap<String, List<String>>();
    for (ClusterResult cluster : summary.clusters()) {
      for (String words : cluster.findings()) {
        byWords.computeIfAbsent(words, _ -> new ArrayList<>()).add(cluster.target().name().value());
      }
    }
    return byWords;
  }

  private List<Line> findings(Summary summary) {
    var lines = new ArrayList<Line>();
    findingsByWords(summary)
        .forEach(
            (words, clusters) ->
                lines.addAll(
                    Paragraph.behind(
                        line()
                            .add(Symbol.WARNING)
                            .add(Hue.STRONG, " " + Count.few(clusters, MOST_NAMES))
                            .add("  "),
                        words,
                        screen)));
    return lines;
  }

  private Line line() {
    return new Line(screen);
  }
}
