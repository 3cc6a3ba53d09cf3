// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.clock.Seed;
import java.time.Duration;
import java.util.Map;

/// How long AKS works on a cluster: lognormal, with the medians of recorded operations and the
/// spread of recorded updates.
final class Durations {
  /// Seconds by what `provisioningState` says meanwhile.
  private static final Map<String, Integer> MEDIANS =
      Map.of(
          "Creating", 306,
          "Updating", 110,
          "Stopping", 83,
          "Starting", 200,
          "Deleting", 146,
          "Canceling", 5,
          "CreatingAgentPool", 207,
          "RunningCommand", 5);

  private static final double NINTH_DECILE = 195.0 / 110;

  /// 1.2816 is the ninth decile of the standard normal distribution.
  private static final double SIGMA = Math.log(NINTH_DECILE) / 1.2816;

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
    double median = MEDIANS.getOrDefault(operation, 110);
    double seconds = median * Math.exp(SIGMA * radius * Math.cos(angle));
    return pace.of(Duration.ofMillis((long) (Math.min(seconds, LONGEST_SECONDS) * 1000)));
  }
}
