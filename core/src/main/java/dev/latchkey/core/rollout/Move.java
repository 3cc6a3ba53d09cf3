// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.rollout;

import dev.latchkey.core.event.WaveVerdict;
import dev.latchkey.core.fleet.Wave;
import dev.latchkey.core.resource.ClusterName;
import java.time.Instant;

/// What a rollout does next.
public sealed interface Move {
  /// A wave begins.
  ///
  /// @param number from 1
  /// @param waves how many there are
  /// @param clusters how many the wave has in this run
  record BeginWave(Wave wave, int number, int waves, int clusters) implements Move {}

  /// A cluster begins; [Schedule#ended] is told its end.
  record Start(ClusterName cluster) implements Move {}

  /// The wave is done, and is watched until then.
  record Soak(Wave wave, int clusters, Instant until) implements Move {}

  /// A cluster's health is looked at; [Schedule#checked] is told the result.
  record Check(ClusterName cluster) implements Move {}

  /// A cluster's release goes back to its last good revision; [Schedule#rolledBack] is told when
  /// that is over.
  record RollBack(ClusterName cluster) implements Move {}

  /// A cluster is not begun in this run.
  record Withhold(ClusterName cluster, Halt halt) implements Move {}

  /// A wave is over.
  ///
  /// @param failures how many of its clusters failed
  /// @param budget how many were allowed to
  record EndWave(Wave wave, int failures, int budget, WaveVerdict verdict) implements Move {}
}
