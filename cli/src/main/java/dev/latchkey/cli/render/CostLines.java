// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.gate.Bucket;
import dev.latchkey.core.gate.Demand.Squeeze;
import dev.latchkey.core.rollout.Forecast;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Below the changes of a plan: in which waves they are made, how long they take, what they cannot
/// be faster than, and the requests that they cost.
final class CostLines {
  /// Limits that every request to Azure, or to one service, is counted against once more.
  private static final Set<Bucket> COUNTED_ELSEWHERE =
      EnumSet.of(
          Bucket.TENANT_IDENTITY_WRITES,
          Bucket.TENANT_IDENTITY_DELETES,
          Bucket.TENANT_IDENTITY_READS,
          Bucket.TENANT_IDENTITY_LISTS,
          Bucket.SINGLE_IDENTITY_WRITES,
          Bucket.SINGLE_IDENTITY_DELETES,
          Bucket.SINGLE_IDENTITY_READS,
          Bucket.SINGLE_IDENTITY_LISTS);

  private static final int MINUTE = 60;

  private final Forecast forecast;
  private final WavePlan waves;
  private final Screen screen;
  private final int width;
  private final List<Line> lines = new ArrayList<>();

  CostLines(Forecast forecast, WavePlan waves, Screen screen, int width) {
    this.forecast = forecast;
    this.waves = waves;
    this.screen = screen;
    this.width = width;
  }

  List<Line> lines() {
    if (!waves.isEmpty()) {
      row("Waves", waves.words());
    }
    row("Duration", "about " + Durations.about(forecast.duration()) + "; " + bound());
    row("Requests", requests());
    return lines;
  }

  /// What decides: a limit of Azure's, the file's waves, or the slowest cluster.
  private String bound() {
    if (forecast.isSqueezed()) {
      return "cannot be below %s (%s)"
          .formatted(
              Durations.words(forecast.bound()),
              forecast.squeeze().map(CostLines::words).orElseThrow());
    }
    return waves.isEmpty()
        ? "the slowest cluster decides, no limit of Azure's"
        : "the waves decide, no limit of Azure's";
  }

  private static String words(Squeeze squeeze) {
    double rate = squeeze.perSecond();
    return rate >= 1
        ? "%s: %s a second".formatted(squeeze.bucket().words(), number(rate))
        : "%s: %s a minute".formatted(squeeze.bucket().words(), number(rate * MINUTE));
  }

  private String requests() {
    return forecast.requests().entrySet().stream()
        .filter(entry -> !COUNTED_ELSEWHERE.contains(entry.getKey()))
        .sorted(Map.Entry.<Bucket, Integer>comparingByValue().reversed())
        .map(
            entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey().words(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private void row(String label, String text) {
    Line row = new Line(screen).add(Hue.STRONG, label).column(PlanView.LABEL);
    for (String part : Paragraph.of(text, width - PlanView.LABEL)) {
      lines.add(row.add(part));
      row = new Line(screen).add(" ".repeat(PlanView.LABEL));
    }
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}
