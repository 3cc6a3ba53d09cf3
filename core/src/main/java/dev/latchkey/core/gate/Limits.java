// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.gate;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// The table of all limits and lags of a run: the defaults, and what the file's `azure` section
/// says.
///
/// @param rates every bucket
/// @param waits every lag
public record Limits(Map<Bucket, Rate> rates, Map<Lag, Wait> waits) {
  /// How fast a bucket empties and fills.
  ///
  /// @param size requests when full, at least 1
  /// @param perSecond requests that come back each second, more than 0
  public record Rate(double size, double perSecond) {}

  /// How long a lag may take.
  public record Wait(Duration usual, Duration bound) {}

  public Limits {
    rates = Map.copyOf(rates);
    waits = Map.copyOf(waits);
  }

  /// Azure's own figures.
  public static Limits azure() {
    return new Limits(Map.of(), Map.of());
  }

  /// The figures of one bucket.
  public Rate rate(Bucket bucket) {
    return rates.getOrDefault(bucket, new Rate(bucket.size(), bucket.perSecond()));
  }

  /// The figures of one lag.
  public Wait wait(Lag lag) {
    return waits.getOrDefault(lag, new Wait(lag.usual(), lag.bound()));
  }

  /// The same table with another figure for one lag.
  public Limits with(Lag lag, Wait wait) {
    var more = new EnumMap<Lag, Wait>(Lag.class);
    more.putAll(waits);
    more.put(lag, wait);
    return new Limits(rates, more);
  }

  /// The same table with another figure for one bucket.
  public Limits with(Bucket bucket, Rate rate) {
    var more = new EnumMap<Bucket, Rate>(Bucket.class);
    more.putAll(rates);
    more.put(bucket, rate);
    return new Limits(more, waits);
  }
}
