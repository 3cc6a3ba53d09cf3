// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.fleet.Fleet;
import java.util.List;

/// How the whole fleet is.
public record FleetStatus(Fleet fleet, List<ClusterStatus> clusters) {
  public FleetStatus {
    clusters = List.copyOf(clusters);
  }

  /// How many clusters are as the file wants them; stopped ones that are optional count.
  public long fine() {
    return clusters.stream().filter(ClusterStatus::isFine).count();
  }

  /// Whether all are.
  public boolean isFine() {
    return fine() == clusters.size();
  }

  /// How many are in a condition.
  long count(ClusterStatus.Condition condition) {
    return clusters.stream().filter(cluster -> cluster.condition() == condition).count();
  }
}
