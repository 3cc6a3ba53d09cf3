// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.clock;

import java.time.Duration;

/// How fast the simulated Azure works: durations and propagation lags are divided by it.
///
/// @param divisor 1 for Azure's own durations, 14 for the demo; 0 for no durations at all
/// @param lags how long what is written takes to be noticed
public record Pace(double divisor, Lags lags) {
  /// How long what is written takes to be noticed.
  public enum Lags {
    /// As long as it usually takes, spread by the seed.
    USUAL,
    /// As long as Azure's documents say that it may take.
    LONGEST
  }

  /// No durations: everything is done and visible at once.
  public static final Pace INSTANT = new Pace(0);

  /// Azure's own durations.
  public static final Pace AZURE = new Pace(1);

  /// Lags are as they usually are.
  public Pace(double divisor) {
    this(divisor, Lags.USUAL);
  }

  /// The same with the longest lags.
  public Pace withLongestLags() {
    return new Pace(divisor, Lags.LONGEST);
  }

  /// How long the simulated Azure takes for what takes the real one `real`.
  public Duration of(Duration real) {
    return divisor == 0 ? Duration.ZERO : Duration.ofNanos((long) (real.toNanos() / divisor));
  }
}
