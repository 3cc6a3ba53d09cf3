// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One token bucket with its promises for the future. Used under the lock of [Gate] alone.
///
/// Promises are kept as a calendar, since a call that waits for one bucket takes its token from
/// another one only when it is sent; a plain "next free moment" would let it block everybody else.
/// Each entry of the calendar holds the level after it, and up to when everything is promised is
/// remembered, so that a reservation looks at few of thousands of promises. Inside, moments are
/// nanoseconds since the first one.
final class Ledger {
  /// Rounding of a level that is computed from whole nanoseconds.
  private static final double ROUNDING = 1e-6;

  /// Promises of one moment.
  ///
  /// @param after tokens that are left once they are taken off
  private record Promised(int count, double after) {}

  private final Instant origin;
  private final double size;
  private final double perNano;
  private final TreeMap<Long, Promised> calendar = new TreeMap<>();

  /// Tokens at [#since], all promises up to then taken off.
  private double level;

  private long since;

  /// No token can be taken before; more promises only move it later.
  private long taken = Long.MIN_VALUE;

  Ledger(Limits.Rate rate, Instant now) {
    this.origin = now;
    this.size = rate.size();
    this.perNano = rate.perSecond() / 1e9;
    this.level = size;
  }

  /// The earliest moment from `wanted` on where a token can be taken and no promise breaks.
  Instant earliest(Instant wanted, Instant now) {
    settle(nanos(now));
    long from = Math.max(nanos(wanted), since);
    long free = earliest(Math.max(from, taken));
    if (from <= Math.max(since, taken)) {
      taken = free;
    }
    return origin.plusNanos(free);
  }

  private long earliest(long wanted) {
    Map.Entry<Long, Promised> last = calendar.floorEntry(wanted);
    double tokens = last == null ? level : last.getValue().after();
    long at = last == null ? since : last.getKey();
    long candidate = wanted;
    while (true) {
      candidate = whenOneIsThere(tokens, at, candidate);
      Map.Entry<Long, Promised> next = calendar.higherEntry(at);
      if (next != null && next.getKey() > candidate) {
        next = broken(filled(tokens, at, candidate) - 1, candidate);
      }
      if (next == null) {
        return candidate;
      }
      tokens = next.getValue().after();
      at = next.getKey();
      candidate = Math.max(candidate, at);
    }
  }

  /// The first promise after `from` that could not be kept with so many tokens then; null if none.
  private Map.@Nullable Entry<Long, Promised> broken(double tokens, long from) {
    double with = tokens;
    long at = from;
    for (var promise : calendar.tailMap(from, false).entrySet()) {
      with = filled(with, at, promise.getKey()) - promise.getValue().count();
      at = promise.getKey();
      if (with < -ROUNDING) {
        return promise;
      }
      if (with >= promise.getValue().after()) {
        return null; // full in between: from here on all is as it was promised
      }
    }
    return null;
  }

  void book(Instant moment) {
    long at = nanos(moment);
    calendar.merge(at, new Promised(1, 0), (old, one) -> new Promised(old.count() + 1, 0));
    count(at);
  }

  /// Somebody else took tokens: no more than these are left.
  void atMost(double left, Instant now) {
    settle(nanos(now));
    lower(left);
  }

  /// Nothing is promised before this moment any more; promises that were given stay given.
  void closeUntil(Instant open, Instant now) {
    settle(nanos(now));
    lower(1 - (nanos(open) - since) * perNano);
  }

  private void lower(double left) {
    if (left < level) {
      level = left;
      count(since);
    }
  }

  /// Counts the levels anew from a promise on, until one is as it was.
  private void count(long from) {
    Map.Entry<Long, Promised> before = calendar.lowerEntry(from);
    double tokens = before == null ? level : before.getValue().after();
    long at = before == null ? since : before.getKey();
    for (var promise : calendar.tailMap(from, true).entrySet()) {
      tokens = filled(tokens, at, promise.getKey()) - promise.getValue().count();
      at = promise.getKey();
      double old = promise.setValue(new Promised(promise.getValue().count(), tokens)).after();
      if (old == tokens && at > from) {
        return;
      }
    }
  }

  private void settle(long now) {
    while (!calendar.isEmpty() && calendar.firstKey() <= now) {
      var due = calendar.pollFirstEntry();
      level = due.getValue().after();
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
