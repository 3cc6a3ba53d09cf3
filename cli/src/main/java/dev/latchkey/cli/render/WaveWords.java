// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.Event;
import java.time.Duration;

/// What is said of the waves of a rollout, in one line each.
final class WaveWords {
  /// What is said once somebody ended the run.
  static final String INTERRUPTED = "interrupted: nothing new is begun, what is in flight ends";

  private WaveWords() {}

  static String of(Event.WaveStarted started) {
    return "wave %d of %d, %s: %s"
        .formatted(
            started.number(),
            started.waves(),
            started.wave(),
            Count.of(started.clusters(), "cluster"));
  }

  static String of(Event.Soaking soaking) {
    return "wave %s is done; its %s watched for %s"
        .formatted(
            soaking.wave(),
            soaking.clusters() == 1 ? "cluster is" : soaking.clusters() + " clusters are",
            Durations.round(Duration.between(soaking.at(), soaking.until())));
  }

  static String of(Event.WaveEnded ended) {
    String spent = "%d failed of at most %d".formatted(ended.failures(), ended.budget());
    return "wave "
        + ended.wave()
        + ": "
        + switch (ended.verdict()) {
          case PASSED -> ended.failures() == 0 ? "passed" : "passed, " + spent;
          case OVER_BUDGET -> spent + "; goes on, as the file says";
          case STOPPED -> spent + "; the rollout ends here";
          case ROLLED_BACK -> spent + "; the rollout ends here, after the roll-back";
          case INTERRUPTED -> "interrupted";
        };
  }
}
