// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.issuer;

import dev.latchkey.sandbox.cluster.ClusterView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// The names under which the signing keys of one cluster lie in the world's keys.
///
/// A cluster signs with one key and publishes two, as AKS does: beside it the next one, or for a
/// day after a rotation the one before, whose tokens are good until then.
///
/// @param clusterId in lower case
/// @param rotations when a key took over from the one before it, oldest first
/// @see <a
///   href="https://learn.microsoft.com/azure/aks/use-oidc-issuer#rotate-the-oidc-key">rotation</a>
public record ClusterKeys(String clusterId, List<Instant> rotations) {
  static final Duration OVERLAP = Duration.ofHours(24);

  public ClusterKeys {
    clusterId = clusterId.toLowerCase(Locale.ROOT);
    rotations = List.copyOf(rotations);
  }

  /// The keys of a cluster at this moment.
  public static ClusterKeys of(ClusterView cluster) {
    return new ClusterKeys(cluster.id(), cluster.rotations());
  }

  /// The key that signs.
  public String active() {
    return name(rotations.size());
  }

  /// The keys whose tokens are good: the one that signs, and for a day the one before it.
  public List<String> accepted(Instant now) {
    return overlaps(now) ? List.of(active(), name(rotations.size() - 1)) : List.of(active());
  }

  /// The keys that the issuer shows.
  public List<String> published(Instant now) {
    return overlaps(now) ? accepted(now) : List.of(active(), name(rotations.size() + 1));
  }

  private boolean overlaps(Instant now) {
    return !rotations.isEmpty() && now.isBefore(rotations.getLast().plus(OVERLAP));
  }

  private String name(int generation) {
    return "cluster:" + clusterId + (generation == 0 ? "" : "#" + generation);
  }
}
