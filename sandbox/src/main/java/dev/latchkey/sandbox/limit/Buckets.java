// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The state of all token buckets. Safe for use by several threads.
public final class Buckets {
  /// What came of a request.
  ///
  /// @param tokens how many were left after the request; below zero when it was refused
  /// @param pause how long until the next token; zero when the request was let through
  public record Taken(double tokens, Duration pause) {
    /// Whether there was none.
    public boolean refused() {
      return tokens < 0;
    }
  }

  private record Level(double tokens, Instant at, Taken last) {}

  private final ConcurrentMap<String, Level> levels = new ConcurrentHashMap<>();

  /// Takes one token, if there is one.
  public Taken take(Bucket bucket, Instant now) {
    Level level = levels.compute(bucket.key(), (_, before) -> after(bucket, before, now));
    return level.last();
  }

  private static Level after(Bucket bucket, @Nullable Level before, Instant now) {
    double filled = before == null ? bucket.burst() : filled(bucket, before, now);
    if (filled >= 1) {
      return new Level(filled - 1, now, new Taken(filled - 1, Duration.ZERO));
    }
    long millis = (long) Math.ceil((1 - filled) / bucket.perSecond() * 1000);
    return new Level(filled, now, new Taken(-1, Duration.ofMillis(millis)));
  }

  private static double filled(Bucket bucket, Level before, Instant now) {
    double seconds = Math.max(0, Duration.between(before.at(), now).toNanos() / 1e9);
    return Math.min(bucket.burst(), before.tokens() + seconds * bucket.perSecond());
  }
}
