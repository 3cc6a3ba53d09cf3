// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.fleet;

import dev.latchkey.core.resource.ClusterName;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Clusters that are done together, before those of the next wave.
///
/// @param name unique in the rollout
/// @param maxParallel how many clusters are at work at once, at the most; at least one
/// @param budget how many may fail before the rollout stops
/// @param soak how long the wave is watched once it is done; zero: not at all
public record Wave(String name, Members members, int maxParallel, Budget budget, Duration soak) {
  /// How many clusters are at work at once where the file says nothing: more gain nothing, since
  /// Azure's limits hold them back.
  public static final int MOST_PARALLEL = 1000;

  /// Which clusters belong to a wave.
  public sealed interface Members {
    /// These.
    record Named(Set<ClusterName> clusters) implements Members {
      public Named {
        clusters = Set.copyOf(clusters);
      }

      /// Those of a list.
      public static Named of(List<ClusterName> clusters) {
        return new Named(new HashSet<>(clusters));
      }
    }

    /// All that no other wave names.
    record Rest() implements Members {}
  }

  /// Whether the wave names the cluster.
  public boolean names(ClusterName cluster) {
    return members instanceof Members.Named(var clusters) && clusters.contains(cluster);
  }
}
