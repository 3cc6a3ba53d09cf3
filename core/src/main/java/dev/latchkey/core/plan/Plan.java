// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

import dev.latchkey.core.fleet.Fleet;
import java.util.List;

/// What will be done to the fleet: `deploy` does exactly this.
public record Plan(Fleet fleet, List<ClusterPlan> clusters) {
  public Plan {
    clusters = List.copyOf(clusters);
  }
}
