// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.event;

import dev.latchkey.core.event.ClusterResult.Ending;
import java.time.Duration;
import java.util.List;

/// How a run ended.
///
/// @param clusters all of the fleet, in its order
/// @param took from the first request to the end
public record Summary(List<ClusterResult> clusters, Duration took) {
  public Summary {
    clusters = List.copyOf(clusters);
  }

  /// How many clusters ended so.
  public long count(Ending ending) {
    return clusters.stream().filter(cluster -> cluster.ending() == ending).count();
  }

  /// How many things are different now, on all clusters.
  public long changes() {
    return clusters.stream().mapToLong(ClusterResult::changes).sum();
  }

  /// How many clusters are as wanted.
  public long succeeded() {
    return clusters.stream().filter(ClusterResult::succeeded).count();
  }

  /// Whether the fleet is as wanted.
  public boolean complete() {
    return succeeded() == clusters.size();
  }
}
