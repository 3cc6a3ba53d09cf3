// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import java.time.Duration;
import java.util.Locale;

/// Durations for people: rounded, with their unit. JSON has them exact.
final class Durations {
  private Durations() {}

  /// Such as `0.4 s`, `24 s`, `2 min 31 s`, `1 h 5 min`.
  static String words(Duration duration) {
    long tenths = (duration.toMillis() + 50) / 100;
    if (tenths < 100) {
      return String.format(Locale.ROOT, "%d.%d s", tenths / 10, tenths % 10);
    }
    return whole((duration.toMillis() + 500) / 1000);
  }

  /// Such as `5 s`, `10 min`: for round figures.
  static String round(Duration duration) {
    return whole((duration.toMillis() + 500) / 1000);
  }

  private static String whole(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min" + rest(seconds % 60, " s");
    }
    return seconds / 3600 + " h" + rest(seconds % 3600 / 60, " min");
  }

  private static String rest(long count, String unit) {
    return count == 0 ? "" : " " + count + unit;
  }

  /// Short enough for a narrow column, such as `0.4 s`, `24 s`, `900 s`, `17 min`.
  static String column(Duration duration) {
    Duration shown = duration.isNegative() ? Duration.ZERO : duration;
    if (shown.toSeconds() < 10) {
      return words(shown);
    }
    return shown.toSeconds() < 1000 ? shown.toSeconds() + " s" : shown.toMinutes() + " min";
  }

  /// A guess: whole minutes, or tens of seconds below two minutes.
  static String about(Duration duration) {
    long seconds = Math.max(1, duration.toSeconds());
    return seconds < 120
        ? Math.max(10, (seconds + 5) / 10 * 10) + " s"
        : whole((seconds + 30) / 60 * 60);
  }

  /// Such as `just now`, `5 min ago`, `3 h ago`, `12 days ago`.
  static String ago(Duration duration) {
    long minutes = duration.toMinutes();
    if (minutes < 1) {
      return "just now";
    }
    if (minutes < 120) {
      return minutes + " min ago";
    }
    return minutes < 48 * 60 ? minutes / 60 + " h ago" : duration.toDays() + " days ago";
  }

  /// Time since the start, such as `0:19` or `1:02:03`.
  static String clock(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    String end = String.format(Locale.ROOT, "%02d", seconds % 60);
    return seconds < 3600
        ? seconds / 60 + ":" + end
        : String.format(Locale.ROOT, "%d:%02d:%s", seconds / 3600, seconds / 60 % 60, end);
  }
}
