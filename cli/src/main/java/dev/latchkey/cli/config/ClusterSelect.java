// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Tags;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// An entry of `clusters` with `select`: Azure's clusters that fit join the fleet, with the entry's
/// other keys as their settings.
///
/// @param section all keys of the entry
/// @param subscriptions where it looks, in lower case
/// @param groups any of them must fit; none fits all
/// @param names any of them must fit; none fits all
/// @param maxChange which share of the clusters may change at once, in percent
record ClusterSelect(
    Section section,
    List<String> subscriptions,
    Tags tags,
    List<Glob> groups,
    List<Glob> names,
    Optional<BigDecimal> maxChange) {

  Spot spot() {
    return section.spot();
  }

  /// Where it stands, for people.
  String place() {
    return spot().path() + ".select (" + spot().place() + ")";
  }

  boolean takes(ObservedCluster cluster) {
    return covers(cluster.id()) && cluster.tags().contains(tags);
  }

  /// Whether it would take the cluster if the tags were right.
  boolean covers(ResourceId cluster) {
    return subscriptions.contains(Names.folded(cluster.subscription()))
        && fits(groups, cluster.resourceGroup())
        && fits(names, cluster.name());
  }

  private static boolean fits(List<Glob> globs, String name) {
    return globs.isEmpty() || globs.stream().anyMatch(glob -> glob.matches(name));
  }

  /// What a cluster that it found is to the fleet.
  ClusterEntry entry(ResourceId cluster) {
    return new ClusterEntry(
        section, cluster.name(), cluster.resourceGroup(), cluster.subscription(), cluster.name());
  }

  /// Stands for the clusters that are not found yet, so that its settings are checked.
  ClusterEntry unknown() {
    return new ClusterEntry(section, Names.LOST, Names.LOST, Names.LOST, Names.LOST);
  }

  /// Whether both give a cluster the same settings.
  boolean agrees(ClusterSelect other) {
    return settings().equals(other.settings());
  }

  private Object settings() {
    return section.mapping().without(Keys.NO_SETTINGS).data();
  }
}
