// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.snapshot;

import dev.latchkey.core.resource.ClusterName;
import java.util.Map;

/// What was seen of the whole fleet before anything was changed.
public record Snapshot(Map<ClusterName, Seen> clusters) {
  public Snapshot {
    clusters = Map.copyOf(clusters);
  }

  /// What was seen of one cluster of the fleet.
  public Seen of(ClusterName cluster) {
    Seen seen = clusters.get(cluster);
    if (seen == null) {
      throw new IllegalStateException("each cluster of the fleet was looked at: " + cluster);
    }
    return seen;
  }
}
