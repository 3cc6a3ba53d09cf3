// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.cli.config.Value.Scalar;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads durations as people write them: `500ms`, `10s`, `5m`, `1h30m`.
final class DurationReader {
  private static final Pattern DURATION =
      Pattern.compile("(?=.)(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?(?:(\\d{1,6})ms)?");

  private DurationReader() {}

  /// The duration; empty when it was complained about.
  static Optional<Duration> read(Scalar text, Complaints complaints) {
    if (text.isLost()) {
      return Optional.empty();
    }
    var parts = DURATION.matcher(text.text());
    if (!parts.matches()) {
      complaints.add(new ConfigProblem.DurationRefused(text.spot(), text.text()));
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofHours(part(parts.group(1)))
            .plusMinutes(part(parts.group(2)))
            .plusSeconds(part(parts.group(3)))
            .plusMillis(part(parts.group(4))));
  }

  private static long part(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
