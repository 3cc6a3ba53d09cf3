// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.gate;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// How many requests a run sends, and how long Azure's limits alone hold it up. Used by one thread.
public final class Demand {
  private final Map<Call.Share, Integer> requests = new HashMap<>();

  /// The bucket that holds a run up for longest.
  ///
  /// @param key whose copy of the bucket: a subscription, a tenant, a vault's host, a resource's id
  /// @param requests how many the run takes from it
  /// @param perSecond how many it gives
  /// @param bound the least time in which it gives so many, when it is full at the beginning
  public record Squeeze(
      Bucket bucket, String key, int requests, double perSecond, Duration bound) {}

  /// Counts one request, in each bucket that it takes from.
  public void add(Call call) {
    call.shares().forEach(share -> requests.merge(share, 1, Integer::sum));
  }

  /// How many requests each limit sees, all of its copies together; limits that see none are
  /// absent.
  public Map<Bucket, Integer> byBucket() {
    Map<Bucket, Integer> sums = new EnumMap<>(Bucket.class);
    requests.forEach((share, count) -> sums.merge(share.bucket(), count, Integer::sum));
    return sums;
  }

  /// The bucket that binds, by the limits as they are documented; empty when none holds anything
  /// up.
  public Optional<Squeeze> tightest(Limits limits) {
    return requests.entrySet().stream()
        .map(entry -> squeeze(entry.getKey(), entry.getValue(), limits))
        .filter(squeeze -> squeeze.bound().isPositive())
        .max(
            Comparator.comparing(Squeeze::bound)
                .thenComparing(Squeeze::bucket)
                .thenComparing(Squeeze::key));
  }

  private static Squeeze squeeze(Call.Share share, int count, Limits limits) {
    Limits.Rate rate = limits.rate(share.bucket());
    double seconds = Math.max(0, count - rate.size()) / rate.perSecond();
    return new Squeeze(
        share.bucket(),
        share.key(),
        count,
        rate.perSecond(),
        Duration.ofNanos((long) (seconds * 1e9)));
  }
}
