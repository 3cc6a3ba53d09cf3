// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.event.WaitEnd;
import dev.latchkey.core.gate.Lag;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Waits for one of Azure's known lags, bounded, and tells that it waits.
public interface Pace {
  /// Does something that a lag may refuse at first: tries again while it ends in a problem by which
  /// one of these lags shows, until that lag's bound has passed.
  <T> T retry(Set<Lag> lags, Supplier<T> attempt) throws InterruptedException;

  /// The same for one lag.
  default <T> T retry(Lag lag, Supplier<T> attempt) throws InterruptedException {
    return retry(Set.of(lag), attempt);
  }

  /// Looks until something is there, or ends in a problem when the lag's bound has passed.
  <T> T until(Lag lag, Supplier<Optional<T>> look) throws InterruptedException;

  /// The same, and empty when the bound has passed.
  <T> Optional<T> attempt(Lag lag, Supplier<Optional<T>> look) throws InterruptedException;

  /// Lets the lag's usual time pass since something was written.
  void settle(Lag lag, Instant since) throws InterruptedException;

  /// Tells that the lag is being waited for by others.
  void announce(Lag lag);

  /// Tells that what was announced is over; nothing when nothing was.
  void over(Lag lag, WaitEnd end);

  /// How long the lag usually takes.
  Duration usual(Lag lag);

  /// When the lag becomes a failure.
  Duration bound(Lag lag);

  /// Whether something that was written then may still not have been noticed.
  boolean within(Lag lag, Instant since);
}
