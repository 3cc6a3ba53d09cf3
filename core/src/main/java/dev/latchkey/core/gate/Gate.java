// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Says when a request may be sent, so that no documented limit is ever exceeded by us.
///
/// Azure counts when a request arrives, and some travel longer than others; so the promises stay
/// below each limit, see [Limits.Rate#withMargin].
///
/// Pure but for its memory: no clock, no waiting; who asks brings the time and waits. A reservation
/// is a promise: it takes one token of each bucket of the call at the promised moment. All methods
/// take the one lock of this object, for microseconds; any thread may call them.
public final class Gate {
  private final Limits limits;
  private final Map<Call.Share, Ledger> ledgers = new HashMap<>();

  /// A gate whose buckets are full.
  public Gate(Limits limits) {
    this.limits = limits;
  }

  /// A gate without limits: what a run would take if Azure had none.
  public static Gate open() {
    var wide = new EnumMap<Bucket, Limits.Rate>(Bucket.class);
    for (Bucket bucket : Bucket.values()) {
      wide.put(bucket, new Limits.Rate(1e9, 1e9));
    }
    return new Gate(new Limits(wide, Map.of(), 1));
  }

  /// The earliest moment, `now` or later, at which the call may be sent; it is booked for it.
  public synchronized Instant reserve(Call call, Instant now) {
    List<Ledger> all = call.shares().stream().map(share -> ledger(share, now)).toList();
    Instant at = now;
    Instant before;
    do { // each turn moves later or ends: a bucket has room at any moment after its last booking
      before = at;
      for (Ledger ledger : all) {
        at = ledger.earliest(at, now);
      }
    } while (at.isAfter(before));
    for (Ledger ledger : all) {
      ledger.book(at);
    }
    return at;
  }

  /// Azure said how many requests are left in ARM's bucket of this call: others may use it too.
  public synchronized void remaining(Call call, int left, Instant now) {
    call.shares().stream()
        .filter(share -> share.bucket().ofArm())
        .forEach(share -> ledger(share, now).atMost(left, now));
  }

  /// The call was refused as too many (429): those of its buckets that the refuser keeps open again
  /// after a while.
  public synchronized void refused(
      Call call, Call.Refuser refuser, Duration retryAfter, Instant now) {
    call.shares().stream()
        .filter(share -> share.bucket().ofArm() == (refuser == Call.Refuser.ARM))
        .forEach(share -> ledger(share, now).closeUntil(now.plus(retryAfter), now));
  }

  private Ledger ledger(Call.Share share, Instant now) {
    return ledgers.computeIfAbsent(
        share, key -> new Ledger(limits.rate(key.bucket()).withMargin(), now));
  }
}
