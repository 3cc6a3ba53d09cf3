// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.Ending;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// How a run went, in a line: `✔ 3 of 3 clusters in 20 s: 18 made, 3 changed, 0 deleted`. Where it
/// is longer than the screen is wide it goes on below.
final class SumLines {
  private final Screen screen;

  private SumLines(Screen screen) {
    this.screen = screen;
  }

  /// The lines, one at least.
  static List<Line> of(Summary summary, Screen screen) {
    return new SumLines(screen).lines(summary);
  }

  private List<Line> lines(Summary summary) {
    var lines = new ArrayList<Line>();
    lines.add(
        line()
            .add(summary.complete() ? Symbol.DONE : Symbol.FAILED)
            .add(" " + summary.succeeded() + " of ")
            .add(Count.of(summary.clusters().size(), "cluster"))
            .add(" in " + Durations.words(summary.took()) + ":"));
    add(lines, line().add(words(summary)));
    count(lines, Hue.BAD, summary.count(Ending.FAILED), "failed");
    count(lines, Hue.BAD, summary.count(Ending.ROLLED_BACK), "rolled back");
    count(lines, Hue.WARN, summary.count(Ending.SKIPPED), "skipped");
    count(lines, Hue.WARN, summary.count(Ending.NOT_STARTED), "not started");
    return lines;
  }

  private void count(List<Line> lines, Hue hue, long number, String word) {
    if (number > 0) {
      lines.getLast().add(";");
      add(lines, line().add(hue, number + " " + word));
    }
  }

  /// Adds to the last line what fits there with a semicolon behind it; else begins another.
  private void add(List<Line> lines, Line part) {
    if (lines.getLast().length() + part.length() + 2 > screen.width()) {
      lines.add(line().add(" "));
    }
    lines.getLast().add(" ").add(part);
  }

  private static String words(Summary summary) {
    return summary.clusters().stream().allMatch(SumLines::onlyProven)
        ? "tried, nothing was changed"
        : summary.complete() ? Tally.of(summary).words() : Tally.of(summary).soFar();
  }

  /// Whether only step 6 was asked for: `verify`.
  static boolean onlyProven(ClusterResult cluster) {
    return cluster.steps().keySet().equals(Set.of(Step.VERIFICATION));
  }

  private Line line() {
    return new Line(screen);
  }
}
