// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.Seed;
import java.time.Duration;

/// How long AKS works on a cluster: lognormal, with the median and the ninth decile of recorded
/// updates.
final class Durations {
  private static final double MEDIAN_SECONDS = 110;
  private static final double NINTH_DECILE_SECONDS = 195;

  /// 1.2816 is the ninth decile of the standard normal distribution.
  private static final double SIGMA = Math.log(NINTH_DECILE_SECONDS / MEDIAN_SECONDS) / 1.2816;

  private static final double LONGEST_SECONDS = 900;

  private final Pace pace;
  private final Seed seed;

  Durations(Pace pace, Seed seed) {
    this.pace = pace;
    this.seed = seed;
  }

  /// The duration of one operation on one cluster.
  Duration of(String operation, String clusterId) {
    double radius = Math.sqrt(-2 * Math.log(1 - seed.fraction(operation + " radius", clusterId)));
    double angle = 2 * Math.PI * seed.fraction(operation + " angle", clusterId);
    double seconds = MEDIAN_SECONDS * Math.exp(SIGMA * radius * Math.cos(angle));
    return pace.of(Duration.ofMillis((long) (Math.min(seconds, LONGEST_SECONDS) * 1000)));
  }
}
