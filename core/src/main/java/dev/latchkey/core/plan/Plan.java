// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

import dev.latchkey.core.fleet.Fleet;
import java.util.List;

/// What will be done to the fleet: `deploy` does exactly this.
///
/// @param access whom that lets read secrets
/// @param quotas one for each subscription in which role assignments are made
public record Plan(Fleet fleet, List<ClusterPlan> clusters, Access access, List<Quota> quotas) {
  public Plan {
    clusters = List.copyOf(clusters);
    quotas = List.copyOf(quotas);
  }

  /// A plan that touches no access.
  public Plan(Fleet fleet, List<ClusterPlan> clusters) {
    this(fleet, clusters, Access.none(), List.of());
  }

  /// All that will be different afterwards.
  public List<Change> changes() {
    return clusters.stream().flatMap(cluster -> cluster.changes().stream()).toList();
  }
}
