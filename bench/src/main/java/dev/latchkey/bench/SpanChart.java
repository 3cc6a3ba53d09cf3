// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.bench;

import dev.latchkey.cli.torture.Makespan;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Draws how long first deployments take beside what they cannot be faster than, as SVG: a pair of
/// bars for each number of clusters, in light and in dark.
final class SpanChart {
  private static final int WIDTH = 640;
  private static final int LEFT = 126;
  private static final int TOP = 44;
  private static final int BAR = 14;
  private static final int PAIR = 52;
  private static final int ROOM_FOR_WORDS = 230;

  private static final String STYLE =
      """
      <style>
      text { font: 13px system-ui, sans-serif; fill: #1f2328 }
      .bound { fill: #8c959f } .taken { fill: #0969da }
      @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .bound { fill: #6e7681 } .taken { fill: #4493f8 } }
      </style>
      """;

  private SpanChart() {}

  static String of(List<Makespan> spans) {
    int height = TOP + PAIR * spans.size() + 6;
    double longest = spans.stream().mapToDouble(span -> seconds(span.measured())).max().orElse(1);
    var svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
            .formatted(WIDTH, height));
    svg.append("<title>First deployments: taken, and the least possible</title>\n").append(STYLE);
    bar(svg, LEFT, 14, 24, "bound");
    svg.append(text(LEFT + 32, 25, "least possible"));
    bar(svg, LEFT + 150, 14, 24, "taken");
    svg.append(text(LEFT + 182, 25, "taken by latchkey"));
    for (int row = 0; row < spans.size(); row++) {
      pair(svg, spans.get(row), TOP + row * PAIR, (WIDTH - LEFT - ROOM_FOR_WORDS) / longest);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void pair(StringBuilder svg, Makespan span, int top, double scale) {
    svg.append(text(4, top + BAR - 3, clusters(span)));
    if (span.subscriptions() > 1) {
      svg.append(text(4, top + 2 * BAR, span.subscriptions() + " subscriptions"));
    }
    row(svg, span.bound(), top, scale, "bound", "");
    double ratio = seconds(span.measured()) / seconds(span.bound());
    String times = String.format(Locale.ROOT, ", %.3f times as long", ratio);
    row(svg, span.measured(), top + BAR + 3, scale, "taken", times);
  }

  private static String clusters(Makespan span) {
    return span.clusters() == 1
        ? "1 cluster"
        : String.format(Locale.ROOT, "%,d clusters", span.clusters());
  }

  private static void row(
      StringBuilder svg, Duration duration, int top, double scale, String kind, String more) {
    long width = Math.max(1, Math.round(seconds(duration) * scale));
    bar(svg, LEFT, top, width, kind);
    svg.append(text(LEFT + width + 6, top + BAR - 3, words(duration) + more));
  }

  private static void bar(StringBuilder svg, int left, int top, long width, String kind) {
    svg.append(
        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"2\"/>\n"
            .formatted(kind, left, top, width, BAR));
  }

  private static String text(long left, int base, String words) {
    return "<text x=\"%d\" y=\"%d\">%s</text>\n".formatted(left, base, words);
  }

  private static String words(Duration duration) {
    return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
