// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.resource.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// When each step of each cluster acted, as bars in one scale.
final class Timeline {
  private static final int MOST_ROWS = 24;
  private static final int LEFT = 150;
  private static final int WIDTH = 900;
  private static final int ROW = 34;

  private Timeline() {}

  static String of(List<Board.Stretch> stretches, Instant begun, Duration took) {
    var rows = new LinkedHashMap<ClusterName, List<Board.Stretch>>();
    stretches.stream()
        .filter(stretch -> stretch.to().isAfter(stretch.from()))
        .forEach(
            stretch ->
                rows.computeIfAbsent(stretch.cluster(), _ -> new ArrayList<>()).add(stretch));
    int shown = Math.min(MOST_ROWS, rows.size());
    var svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 1080 %d\" width=\"100%%\" role=\"img\" aria-label=\"When each step acted\">\n"
            .formatted(shown * ROW + 46));
    int y = 4;
    for (Map.Entry<ClusterName, List<Board.Stretch>> row :
        rows.entrySet().stream().limit(MOST_ROWS).toList()) {
      svg.append(
          "<text class=\"name\" x=\"0\" y=\"%d\">%s</text>\n"
              .formatted(y + 13, Html.text(row.getKey().value())));
      for (Board.Stretch stretch : row.getValue()) {
        svg.append(bar(stretch, begun, took, y));
      }
      y += ROW;
    }
    svg.append("<text class=\"sub\" x=\"%d\" y=\"%d\">0 s</text>".formatted(LEFT, y + 10));
    svg.append(
        "<text class=\"sub\" text-anchor=\"end\" x=\"%d\" y=\"%d\">%s</text>\n"
            .formatted(LEFT + WIDTH, y + 10, Durations.words(took)));
    legend(svg, y + 34);
    return svg.append("</svg>").toString();
  }

  /// The cluster's own steps above; what goes on meanwhile through ARM, thinner, below.
  private static String bar(Board.Stretch stretch, Instant begun, Duration took, int y) {
    long whole = Math.max(1, took.toMillis());
    long from = Duration.between(begun, stretch.from()).toMillis();
    long length = Duration.between(stretch.from(), stretch.to()).toMillis();
    boolean main = isMain(stretch.step());
    return "<rect class=\"bar %s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\"><title>%s</title></rect>\n"
        .formatted(
            stretch.outcome() instanceof Outcome.Failed ? "bad" : "s" + stretch.step().number(),
            LEFT + Math.max(0, from) * WIDTH / whole,
            main ? y : y + 17,
            Math.max(3, length * WIDTH / whole - 1),
            main ? 14 : 7,
            Html.text(
                stretch.step().title()
                    + ", "
                    + Durations.words(Duration.between(stretch.from(), stretch.to()))));
  }

  private static boolean isMain(Step step) {
    return switch (step) {
      case WORKLOAD_IDENTITY, HELM_RELEASE, VERIFICATION -> true;
      case MANAGED_IDENTITY, FEDERATED_CREDENTIAL, KEY_VAULT_ACCESS -> false;
    };
  }

  private static void legend(StringBuilder svg, int y) {
    int x = LEFT;
    for (Step step : Step.values()) {
      svg.append(
          "<rect class=\"bar s%d\" x=\"%d\" y=\"%d\" width=\"10\" height=\"10\" rx=\"2\"/><text class=\"sub\" x=\"%d\" y=\"%d\">%s</text>\n"
              .formatted(step.number(), x, y - 9, x + 15, y, step.title()));
      x += 40 + step.title().length() * 7;
    }
  }
}
