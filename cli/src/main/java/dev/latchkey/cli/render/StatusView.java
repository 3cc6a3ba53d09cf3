// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.cli.render.ClusterStatus.Condition;
import dev.latchkey.core.resource.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The fleet's status as a table for people; alike clusters of a large fleet share a line.
public final class StatusView {
  /// What a deployment mends.
  private static final Set<Condition> MENDED =
      Set.of(Condition.DRIFT, Condition.OUTDATED, Condition.MISSING);

  private static final int MANY = 20;
  private static final int MOST_NAMES = 2;
  private static final int MOST_REASONS = 3;
  private static final String[] TITLES = {
    "",
    "",
    "workload identity",
    "identity",
    "credential",
    "secrets",
    "release",
    "pods",
    "last deploy"
  };

  private final Screen screen;
  private final Instant now;
  private final String chosen;

  private record Row(Symbol symbol, String name, List<String> cells, List<String> reasons) {}

  private StatusView(Screen screen, Instant now, String chosen) {
    this.screen = screen;
    this.now = now;
    this.chosen = chosen;
  }

  /// The lines.
  ///
  /// @param chosen the words that were typed to choose these clusters, each after a blank
  public static List<String> of(FleetStatus fleet, Screen screen, Instant now, String chosen) {
    return new StatusView(screen, now, chosen).lines(fleet).stream().map(Line::text).toList();
  }

  private List<Line> lines(FleetStatus fleet) {
    var lines = new ArrayList<Line>();
    lines.add(line().add(Hue.STRONG, Headline.of(fleet.fleet(), screen)));
    lines.add(line());
    List<Row> rows = rows(fleet);
    int[] widths = widths(rows);
    lines.add(titles(widths));
    for (Row row : rows) {
      lines.add(row(row, widths));
      row.reasons().stream()
          .limit(MOST_REASONS)
          .forEach(reason -> lines.add(line().add(Hue.SOFT, "    " + reason)));
      if (row.reasons().size() > MOST_REASONS) {
        lines.add(
            line()
                .add(
                    Hue.SOFT,
                    "    and " + (row.reasons().size() - MOST_REASONS) + " more; --output json"));
      }
    }
    lines.add(line());
    lines.add(summary(fleet));
    command(fleet)
        .ifPresent(
            command ->
                lines.add(
                    line().add(Hue.HINT, "next").column(8).add("latchkey " + command + chosen)));
    return lines;
  }

  /// What is typed next: what mends, else what explains.
  private static Optional<String> command(FleetStatus fleet) {
    if (MENDED.stream().anyMatch(condition -> fleet.count(condition) > 0)) {
      return Optional.of("deploy");
    }
    return fleet.count(Condition.BROKEN) > 0 ? Optional.of("verify") : Optional.empty();
  }

  private Line summary(FleetStatus fleet) {
    Line line =
        line()
            .add(fleet.isFine() ? Symbol.DONE : Symbol.FAILED)
            .add(
                " %d of %s as wanted"
                    .formatted(fleet.fine(), Count.of(fleet.clusters().size(), "cluster")));
    for (Condition condition : Condition.values()) {
      long count = fleet.count(condition);
      if (condition != Condition.AS_WANTED && count > 0) {
        line.add("; ").add(condition.symbol().hue(), count + " " + condition.words());
      }
    }
    return line;
  }

  /// Of a large fleet, clusters whose cells and reasons are equal stand in one row; what differs
  /// everywhere, the revision and the time, is left out there.
  private List<Row> rows(FleetStatus fleet) {
    boolean many = fleet.clusters().size() > MANY;
    var groups = new LinkedHashMap<Object, List<ClusterStatus>>();
    for (ClusterStatus cluster : fleet.clusters()) {
      Object key =
          many
              ? List.of(cells(cluster, true), cluster.condition(), cluster.reasons())
              : cluster.target().name();
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(cluster);
    }
    return groups.values().stream().map(group -> row(group, many)).toList();
  }

  private Row row(List<ClusterStatus> group, boolean many) {
    ClusterStatus first = group.getFirst();
    List<String> names = group.stream().map(each -> each.target().name().value()).toList();
    return new Row(
        first.condition().symbol(),
        Count.few(names, MOST_NAMES),
        cells(first, many),
        first.condition() == Condition.AS_WANTED ? List.of() : first.reasons());
  }

  private List<String> cells(ClusterStatus cluster, boolean many) {
    String optional =
        cluster.condition() == Condition.STOPPED && cluster.isFine() ? " (optional)" : "";
    int declared = cluster.target().vault().names().size();
    return List.of(
        cluster.condition().words() + optional,
        workloadIdentity(cluster),
        cluster.setup().identity().word(),
        cluster.setup().credential().word(),
        cluster.secrets().map(count -> count + " of " + declared).orElse("unknown"),
        cluster
            .release()
            .map(release -> release(release, many))
            .orElse(cluster.pods().isPresent() ? "none" : "unknown"),
        cluster.pods().map(pods -> pods.ready() + " of " + pods.all()).orElse("unknown"),
        cluster.last().map(last -> last(last, many)).orElse("not known here"));
  }

  private static String workloadIdentity(ClusterStatus cluster) {
    return switch (cluster.setup().workloadIdentity()) {
      case RIGHT -> "on";
      case DIFFERS -> "issuer only";
      case MISSING -> "off";
      case UNKNOWN -> "unknown";
    };
  }

  private static String release(Release release, boolean many) {
    String status = release.status().equals("deployed") ? "" : " " + release.status();
    return release.chart() + (many ? "" : ", revision " + release.revision()) + status;
  }

  private String last(LastDeploy last, boolean many) {
    String ending = last.ending().equals("notStarted") ? "not started" : last.ending();
    return many ? ending : Durations.ago(Duration.between(last.at(), now)) + ", " + ending;
  }

  private static int[] widths(List<Row> rows) {
    var widths = new int[TITLES.length];
    for (int i = 1; i < TITLES.length; i++) {
      widths[i] = TITLES[i].length();
    }
    for (Row row : rows) {
      widths[0] = Math.max(widths[0], row.name().length());
      for (int i = 0; i < row.cells().size(); i++) {
        widths[i + 1] = Math.max(widths[i + 1], row.cells().get(i).length());
      }
    }
    return widths;
  }

  private Line titles(int[] widths) {
    Line line = line();
    int column = 2 + widths[0] + 2;
    for (int i = 1; i < TITLES.length; i++) {
      line.add(" ".repeat(Math.max(0, column - line.length()))).add(Hue.SOFT, TITLES[i]);
      column += widths[i] + 2;
    }
    return line;
  }

  private Line row(Row row, int[] widths) {
    Line line =
        line()
            .add(row.symbol())
            .add(" ".repeat(Math.max(1, 2 - screen.show(row.symbol()).length())))
            .add(Hue.STRONG, row.name());
    int column = 2 + widths[0] + 2;
    for (int i = 0; i < row.cells().size(); i++) {
      line.add(" ".repeat(Math.max(1, column - line.length()))).add(row.cells().get(i));
      column += widths[i + 1] + 2;
    }
    return line;
  }

  private Line line() {
    return new Line(screen);
  }
}
