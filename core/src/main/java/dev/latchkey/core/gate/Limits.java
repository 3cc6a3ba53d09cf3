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
/// @param budget the share of each rate that this run may use, more than 0 and at most 1
public record Limits(Map<Bucket, Rate> rates, Map<Lag, Wait> waits, double budget) {
  /// How fast a bucket empties and fills.
  ///
  /// @param size requests when full, at least 1
  /// @param perSecond requests that come back each second, more than 0
  public record Rate(double size, double perSecond) {
    /// How much of a limit is used: the rest is for clocks. What neighbours need is the budget's.
    private static final double SHARE = 0.99;

    /// How much longer one request may travel than another one, in seconds: the time to open a
    /// connection.
    private static final double JITTER_SECONDS = 0.2;

    /// A slower rate: requests that are sent at it arrive at this one, even if each of them is late
    /// by up to 200 ms.
    ///
    /// Whoever arrives within some time was sent within that time and the 200 ms before it; so the
    /// bucket is smaller by what comes back in 200 ms. One that holds a single request cannot be
    /// smaller: there, each request comes 200 ms later instead.
    public Rate withMargin() {
      double left = size - perSecond * JITTER_SECONDS;
      double most = perSecond * SHARE;
      return left >= 1
          ? new Rate(left, most)
          : new Rate(1, Math.min(most, 1 / (1 / perSecond + JITTER_SECONDS)));
    }

    /// A part of it; a bucket holds one request at least.
    Rate times(double share) {
      return new Rate(Math.max(1, size * share), perSecond * share);
    }
  }

  /// How long a lag may take.
  public record Wait(Duration usual, Duration bound) {}

  public Limits {
    rates = Map.copyOf(rates);
    waits = Map.copyOf(waits);
    if (!(budget > 0 && budget <= 1)) {
      throw new IllegalArgumentException("not a share: " + budget);
    }
  }

  /// Azure's own figures.
  public static Limits azure() {
    return new Limits(Map.of(), Map.of(), 1);
  }

  /// How fast this run may ask: the budget's share of a bucket's figures.
  public Rate rate(Bucket bucket) {
    Rate whole = rates.getOrDefault(bucket, new Rate(bucket.size(), bucket.perSecond()));
    return whole.times(budget);
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
    return new Limits(rates, more, budget);
  }

  /// The same table with another figure for one bucket.
  public Limits with(Bucket bucket, Rate rate) {
    var more = new EnumMap<Bucket, Rate>(Bucket.class);
    more.putAll(rates);
    more.put(bucket, rate);
    return new Limits(more, waits, budget);
  }

  /// The same table for a run that leaves a part of every limit to its neighbours.
  public Limits withBudget(double share) {
    return new Limits(rates, waits, share);
  }
}
