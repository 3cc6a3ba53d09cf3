// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.rollout.Forecast;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A plan for people: what will be different on which clusters, whom that lets read what, and how
/// much it is. Where there is nothing to do it is one line.
public final class PlanView {
  /// How much is shown.
  public enum Detail {
    /// Clusters with the same changes once.
    GROUPED,
    /// Each cluster for itself.
    ALL
  }

  static final int LABEL = 11;
  private static final int WIDEST = 100;

  private final Plan plan;
  private final Forecast forecast;
  private final Screen screen;
  private final int width;
  private final List<Line> lines = new ArrayList<>();

  private PlanView(Plan plan, Forecast forecast, Screen screen) {
    this.plan = plan;
    this.forecast = forecast;
    // Long words, such as a credential's name, are never cut: the terminal breaks them.
    this.screen =
        new Screen(screen.letters(), screen.colours(), Integer.MAX_VALUE, screen.height());
    this.width = Math.min(screen.width(), WIDEST);
  }

  /// The lines.
  public static List<String> of(Plan plan, Forecast forecast, Screen screen, Detail detail) {
    return new PlanView(plan, forecast, screen).write(detail).stream().map(Line::text).toList();
  }

  private List<Line> write(Detail detail) {
    var tally = new PlanTally(plan);
    if (tally.isEmpty()) {
      nothingToDo(tally);
      return lines;
    }
    lines.add(line().add(Hue.STRONG, Headline.onClusters(plan.fleet())));
    List<PlanGroup> groups =
        switch (detail) {
          case GROUPED -> PlanGroup.of(plan);
          case ALL -> PlanGroup.each(plan);
        };
    var waves = WavePlan.of(plan.fleet());
    var group =
        new PlanGroupView(
            screen,
            width,
            switch (detail) {
              case GROUPED -> Map.of();
              case ALL -> waves.names();
            });
    groups.stream()
        .filter(each -> !each.isQuiet())
        .forEach(
            each -> {
              lines.add(line());
              lines.addAll(group.lines(each));
            });
    quiet(groups);
    lines.add(line());
    lines.addAll(new AccessLines(plan, screen, width).lines());
    if (tally.changing() > 0) {
      lines.addAll(new CostLines(forecast, waves, screen, width).lines());
    }
    lines.add(line().add(Hue.STRONG, tally.words()));
    return lines;
  }

  private void quiet(List<PlanGroup> groups) {
    List<String> names =
        groups.stream().filter(PlanGroup::isQuiet).flatMap(each -> each.names().stream()).toList();
    if (!names.isEmpty()) {
      lines.add(line());
      lines.add(
          line()
              .add(Symbol.SAME)
              .add(" " + Count.of(names.size(), "cluster") + " as wanted: ")
              .add(Names.range(names, screen)));
    }
  }

  private void nothingToDo(PlanTally tally) {
    lines.add(
        line()
            .add(Symbol.SAME)
            .add(
                " Nothing to do: %s is as wanted on %s, %s.%s"
                    .formatted(
                        plan.fleet().application(),
                        tally.clusters(),
                        Headline.secrets(plan.fleet()),
                        tally.skippedWords())));
    PlanGroup.of(plan).stream()
        .filter(group -> !group.isQuiet() && group.first().skipped().isEmpty())
        .forEach(group -> lines.addAll(new PlanGroupView(screen, width, Map.of()).lines(group)));
  }

  private Line line() {
    return new Line(screen);
  }
}
