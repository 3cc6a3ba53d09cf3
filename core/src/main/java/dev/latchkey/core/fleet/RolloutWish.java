// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.fleet;

import dev.latchkey.core.fleet.Wave.Members;
import dev.latchkey.core.resource.ClusterName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// In which order the clusters are done, and what happens when too many fail.
///
/// @param waves at least one, in order
public record RolloutWish(List<Wave> waves, OnFailure onFailure) {
  /// What happens when more clusters of a wave fail than its budget allows.
  public enum OnFailure {
    /// Nothing new is begun; what is at work ends.
    STOP,
    /// It is told, and the rollout goes on.
    CONTINUE,
    /// Nothing new is begun, and the wave's changed releases go back to their last good revision.
    ROLL_BACK
  }

  /// The clusters of one wave.
  public record Group(Wave wave, List<ClusterName> clusters) {
    public Group {
      clusters = List.copyOf(clusters);
    }
  }

  public RolloutWish {
    waves = List.copyOf(waves);
  }

  /// One wave with every cluster, in which a failure stays in its cluster.
  public static RolloutWish sideBySide() {
    var all =
        new Wave(
            "all", new Members.Rest(), Wave.MOST_PARALLEL, new Budget.Share(100), Duration.ZERO);
    return new RolloutWish(List.of(all), OnFailure.STOP);
  }

  /// Which cluster is done in which wave. A wave that has none of them is left out; a cluster that
  /// no wave takes is done with the last one.
  public List<Group> groups(List<ClusterName> clusters) {
    Set<ClusterName> named = new HashSet<>();
    for (Wave wave : waves) {
      if (wave.members() instanceof Members.Named(var names)) {
        named.addAll(names);
      }
    }
    Wave rest =
        waves.stream()
            .filter(wave -> wave.members() instanceof Members.Rest)
            .findFirst()
            .orElse(waves.getLast());
    var groups = new ArrayList<Group>();
    for (Wave wave : waves) {
      List<ClusterName> mine =
          clusters.stream()
              .filter(
                  cluster -> wave.names(cluster) || (wave.equals(rest) && !named.contains(cluster)))
              .toList();
      if (!mine.isEmpty()) {
        groups.add(new Group(wave, mine));
      }
    }
    return groups;
  }
}
