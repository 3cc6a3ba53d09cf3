// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The state of all token buckets. Safe for use by several threads.
final class Buckets {
  /// What came of a request.
  ///
  /// @param tokens how many were left after the request; below zero when it was refused
  /// @param pause how long until the next token; zero when the request was let through
  record Taken(double tokens, Duration pause) {
    boolean refused() {
      return tokens < 0;
    }
  }

  private record Level(double tokens, Instant at, Taken last) {}

  private final ConcurrentMap<String, Level> levels = new ConcurrentHashMap<>();

  /// Takes one token, if there is one.
  Taken take(Limit limit, Instant now) {
    Level level = levels.compute(limit.key(), (_, before) -> after(limit, before, now));
    return level.last();
  }

  private static Level after(Limit limit, @Nullable Level before, Instant now) {
    double filled = before == null ? limit.burst() : filled(limit, before, now);
    if (filled >= 1) {
      return new Level(filled - 1, now, new Taken(filled - 1, Duration.ZERO));
    }
    long millis = (long) Math.ceil((1 - filled) / limit.perSecond() * 1000);
    return new Level(filled, now, new Taken(-1, Duration.ofMillis(millis)));
  }

  private static double filled(Limit limit, Level before, Instant now) {
    double seconds = Math.max(0, Duration.between(before.at(), now).toNanos() / 1e9);
    return Math.min(limit.burst(), before.tokens() + seconds * limit.perSecond());
  }
}
