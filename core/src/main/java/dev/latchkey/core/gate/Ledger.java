// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

/// One token bucket with its promises for the future. Used under the lock of [Gate] alone.
///
/// Promises are kept as a calendar, since a call that waits for one bucket takes its token from
/// another one only when it is sent; a plain "next free moment" would let it block everybody else.
final class Ledger {
  private static final double NANOS = 1e9;

  /// Rounding of a level that is computed from instants of whole nanoseconds.
  private static final double ROUNDING = 1e-6;

  private final Limits.Rate rate;
  private final TreeMap<Instant, Integer> bookings = new TreeMap<>();

  /// Tokens at [#since], all bookings up to then taken off.
  private double level;

  private Instant since;

  Ledger(Limits.Rate rate, Instant now) {
    this.rate = rate;
    this.level = rate.size();
    this.since = now;
  }

  /// The earliest moment from `wanted` on where a token can be taken and no promise breaks.
  Instant earliest(Instant wanted, Instant now) {
    settle(now);
    double without = level; // as promised
    double with = level; // if one more token is taken at the candidate
    Instant at = since;
    Instant candidate = wanted.isBefore(since) ? since : wanted;
    boolean taken = false;
    for (var booking : bookings.entrySet()) {
      Instant then = booking.getKey();
      if (!taken && candidate.isBefore(then)) {
        double there = filled(without, at, candidate);
        candidate = there >= 1 - ROUNDING ? candidate : candidate.plus(refill(1 - there));
        if (candidate.isBefore(then)) {
          with = filled(without, at, candidate) - 1;
          with = filled(with, candidate, then);
          taken = true;
        }
      } else if (taken) {
        with = filled(with, at, then);
      }
      without = filled(without, at, then) - booking.getValue();
      at = then;
      if (taken) {
        with -= booking.getValue();
        if (with < -ROUNDING) { // this promise would break: only later than it
          taken = false;
          candidate = then;
        }
      }
    }
    if (taken) {
      return candidate;
    }
    Instant last = candidate.isBefore(at) ? at : candidate;
    double there = filled(without, at, last);
    return there >= 1 - ROUNDING ? last : last.plus(refill(1 - there));
  }

  void book(Instant at) {
    bookings.merge(at, 1, Integer::sum);
  }

  /// Somebody else took tokens: no more than these are left.
  void atMost(double left, Instant now) {
    settle(now);
    level = Math.min(level, left);
  }

  /// Nothing is promised before this moment any more; promises that were given stay given.
  void closeUntil(Instant open, Instant now) {
    settle(now);
    double owed = 1 - Duration.between(now, open).toNanos() / NANOS * rate.perSecond();
    level = Math.min(level, owed);
  }

  private void settle(Instant now) {
    while (!bookings.isEmpty() && !bookings.firstKey().isAfter(now)) {
      var due = bookings.pollFirstEntry();
      level = filled(level, since, due.getKey()) - due.getValue();
      since = later(since, due.getKey());
    }
    level = filled(level, since, now);
    since = later(since, now);
  }

  private double filled(double tokens, Instant from, Instant to) {
    double nanos = Math.max(0, Duration.between(from, to).toNanos());
    return Math.min(rate.size(), tokens + nanos / NANOS * rate.perSecond());
  }

  private Duration refill(double tokens) {
    return Duration.ofNanos((long) Math.ceil(tokens / rate.perSecond() * NANOS));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
