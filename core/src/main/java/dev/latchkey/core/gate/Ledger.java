// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

/// One token bucket with its promises for the future. Used under the lock of [Gate] alone.
///
/// Promises are kept as a calendar, since a call that waits for one bucket takes its token from
/// another one only when it is sent; a plain "next free moment" would let it block everybody else.
/// Inside, moments are nanoseconds since the first one: a thousand promises are walked at each
/// reservation.
final class Ledger {
  /// Rounding of a level that is computed from whole nanoseconds.
  private static final double ROUNDING = 1e-6;

  private final Instant origin;
  private final double size;
  private final double perNano;
  private final TreeMap<Long, Integer> bookings = new TreeMap<>();

  /// Tokens at [#since], all bookings up to then taken off.
  private double level;

  private long since;

  Ledger(Limits.Rate rate, Instant now) {
    this.origin = now;
    this.size = rate.size();
    this.perNano = rate.perSecond() / 1e9;
    this.level = size;
  }

  /// The earliest moment from `wanted` on where a token can be taken and no promise breaks.
  Instant earliest(Instant wanted, Instant now) {
    settle(nanos(now));
    return origin.plusNanos(earliest(Math.max(nanos(wanted), since)));
  }

  private long earliest(long wanted) {
    double without = level; // as promised
    double with = level; // if one more token is taken at the candidate
    long at = since;
    long candidate = wanted;
    boolean taken = false;
    for (var booking : bookings.entrySet()) {
      long then = booking.getKey();
      if (!taken && candidate < then) {
        candidate = whenOneIsThere(without, at, candidate);
        if (candidate < then) {
          with = filled(filled(without, at, candidate) - 1, candidate, then);
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
    return taken ? candidate : whenOneIsThere(without, at, Math.max(candidate, at));
  }

  void book(Instant at) {
    bookings.merge(nanos(at), 1, Integer::sum);
  }

  /// Somebody else took tokens: no more than these are left.
  void atMost(double left, Instant now) {
    settle(nanos(now));
    level = Math.min(level, left);
  }

  /// Nothing is promised before this moment any more; promises that were given stay given.
  void closeUntil(Instant open, Instant now) {
    settle(nanos(now));
    level = Math.min(level, 1 - (nanos(open) - since) * perNano);
  }

  private void settle(long now) {
    while (!bookings.isEmpty() && bookings.firstKey() <= now) {
      var due = bookings.pollFirstEntry();
      level = filled(level, since, due.getKey()) - due.getValue();
      since = Math.max(since, due.getKey());
    }
    level = filled(level, since, now);
    since = Math.max(since, now);
  }

  /// The first moment from `wanted` on with a whole token, if nothing is taken meanwhile.
  private long whenOneIsThere(double tokens, long from, long wanted) {
    double missing = 1 - filled(tokens, from, wanted);
    return missing <= ROUNDING ? wanted : wanted + (long) Math.ceil(missing / perNano);
  }

  private double filled(double tokens, long from, long to) {
    return Math.min(size, tokens + Math.max(0, to - from) * perNano);
  }

  private long nanos(Instant moment) {
    return Duration.between(origin, moment).toNanos();
  }
}
