// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// The one clock of the simulated world: a source (the wall clock, or a test's) plus an offset.
///
/// Nothing in the sandbox sleeps: a lag or a long-running operation is a date in the stored data,
/// and each answer is computed as of [#now()]. Safe for use by several threads.
public final class SandboxClock implements InstantSource {
  private final InstantSource source;
  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

  /// A clock that follows the given source.
  public SandboxClock(InstantSource source) {
    this.source = source;
  }

  /// A clock that follows the machine's wall clock, so that tokens and certificates stay true.
  public static SandboxClock wall() {
    return new SandboxClock(InstantSource.system());
  }

  @Override
  public Instant instant() {
    return source.instant().plus(offset.get());
  }

  /// The present moment of the simulated world.
  public Instant now() {
    return instant();
  }

  /// What the clock follows. Certificates are dated by it, since clients that check them know
  /// nothing of the world's time.
  public InstantSource source() {
    return source;
  }

  /// How far the world is ahead of the source.
  public Duration ahead() {
    return offset.get();
  }

  /// Moves the world forward.
  public void advance(Duration by) {
    offset.accumulateAndGet(by, Duration::plus);
  }
}
