// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import java.time.Duration;
import java.time.Instant;

/// How long after a write the rest of Azure notices it: usual lags, spread by the seed and divided
/// by the pace.
public final class Lags {
  /// What is noticed late.
  public enum Lag {
    /// The directory's replicas know a new principal.
    PRINCIPAL(Duration.ofSeconds(20), Duration.ofMinutes(4)),
    /// All replicas of ARM know a new identity as a parent.
    IDENTITY(Duration.ofSeconds(10), Duration.ofMinutes(3)),
    /// Entra honours a written credential, or no longer a deleted one.
    CREDENTIAL(Duration.ofSeconds(10), Duration.ofMinutes(2)),
    /// Data planes honour a role assignment, or no longer a deleted one.
    ROLE(Duration.ofSeconds(45), Duration.ofMinutes(10)),
    /// The workload identity webhook serves after the update that enabled it.
    WEBHOOK(Duration.ofSeconds(20), Duration.ofMinutes(2));

    private final Duration usual;

    /// As the documents say; where they say only "minutes", so many that latchkey still waits.
    private final Duration longest;

    Lag(Duration usual, Duration longest) {
      this.usual = usual;
      this.longest = longest;
    }
  }

  private final SandboxClock clock;
  private final Pace pace;
  private final Seed seed;

  /// The lags of a world with this pace and seed.
  public Lags(SandboxClock clock, Pace pace, Seed seed) {
    this.clock = clock;
    this.pace = pace;
    this.seed = seed;
  }

  /// When a write of this moment is noticed.
  public Instant noticed(Lag lag, String resource) {
    return noticed(lag, resource, clock.now());
  }

  /// When a write of the given moment is noticed: between 0.6 and 1.4 times the usual lag later, or
  /// after the longest one.
  public Instant noticed(Lag lag, String resource, Instant written) {
    if (pace.lags() == Pace.Lags.LONGEST) {
      return written.plus(pace.of(lag.longest));
    }
    double spread = 0.6 + 0.8 * seed.fraction("lag " + lag, resource);
    return written.plus(pace.of(Duration.ofMillis((long) (lag.usual.toMillis() * spread))));
  }
}
