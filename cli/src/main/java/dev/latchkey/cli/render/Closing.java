// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.Ending;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.resource.ClusterName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
    lines.add(headline(summary));
    part(lines, undone(summary));
    part(lines, ProofLines.of(summary, screen));
    Map<ClusterName, ClusterResult> clusters =
        summary.clusters().stream()
            .collect(Collectors.toMap(cluster -> cluster.target().name(), cluster -> cluster));
    for (Trouble.Kind kind : Trouble.kinds(summary)) {
      for (Trouble trouble : kind.told()) {
        part(lines, ProblemBlock.of(trouble, screen));
        ClusterResult cluster = clusters.remove(trouble.cluster());
        if (cluster != null) { // told once, below its first problem
          lines.addAll(stands(cluster));
        }
      }
      if (!kind.others().isEmpty()) {
        lines.add(
            line()
                .add(Hue.SOFT, "  same")
                .column(8)
                .add("on " + Count.few(kind.others(), MOST_NAMES)));
      }
    }
    part(lines, findings(summary));
    part(
        lines,
        hints.stream()
            .map(hint -> line().add(Hue.HINT, hint.label()).column(8).add(hint.text()))
            .toList());
    return lines;
  }

  private void part(List<Line> lines, List<Line> part) {
    if (!part.isEmpty()) {
      lines.add(line());
      lines.addAll(part);
    }
  }

  Line headline(Summary summary) {
    var line =
        line()
            .add(summary.complete() ? Symbol.DONE : Symbol.FAILED)
            .add(
                " "
                    + summary.succeeded()
                    + " of "
                    + Count.of(summary.clusters().size(), "cluster")
                    + " in "
                    + Durations.words(summary.took())
                    + ": "
                    + words(summary));
    count(line, Hue.BAD, summary.count(Ending.FAILED), "failed");
    count(line, Hue.BAD, summary.count(Ending.ROLLED_BACK), "rolled back");
    count(line, Hue.WARN, summary.count(Ending.SKIPPED), "skipped");
    count(line, Hue.WARN, summary.count(Ending.NOT_STARTED), "not started");
    return line;
  }

  private static String words(Summary summary) {
    return summary.clusters().stream().allMatch(Closing::onlyProven)
        ? "tried, nothing was changed"
        : Tally.of(summary).words();
  }

  /// Whether only step 6 was asked for: `verify`.
  private static boolean onlyProven(ClusterResult cluster) {
    return cluster.steps().keySet().equals(Set.of(Step.VERIFICATION));
  }

  private static void count(Line line, Hue hue, long number, String word) {
    if (number > 0) {
      line.add("; ").add(hue, number + " " + word);
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
        .map(
            entry ->
                line()
                    .add(Symbol.SKIPPED)
                    .add(Hue.STRONG, " " + Count.few(entry.getValue(), MOST_NAMES))
                    .add("  " + entry.getKey()))
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

  /// Where a failed cluster stands, so that nobody has to guess what was undone: nothing was.
  private List<Line> stands(ClusterResult cluster) {
    if (cluster.ending() != Ending.FAILED || onlyProven(cluster)) {
      return List.of();
    }
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
    String words =
        (done.isEmpty() ? "nothing" : Count.and(done))
            + (missing.isEmpty() ? "" : "; not begun: " + Count.and(missing))
            + "  ("
            + Tally.of(cluster).words()
            + ")";
    var lines = new ArrayList<Line>();
    for (String part : Paragraph.of(words, screen.width() - 8)) {
      lines.add(line().add(Hue.SOFT, lines.isEmpty() ? "  done" : "").column(8).add(part));
    }
    return lines;
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
            (words, clusters) -> {
              String head = Count.few(clusters, MOST_NAMES);
              List<String> parts =
                  Paragraph.of(words, Math.max(20, screen.width() - 4 - head.length()));
              lines.add(
                  line()
                      .add(Symbol.WARNING)
                      .add(Hue.STRONG, " " + head)
                      .add("  " + parts.getFirst()));
              parts.stream()
                  .skip(1)
                  .forEach(part -> lines.add(line().add(" ".repeat(4 + head.length()) + part)));
            });
    return lines;
  }

  private Line line() {
    return new Line(screen);
  }
}
