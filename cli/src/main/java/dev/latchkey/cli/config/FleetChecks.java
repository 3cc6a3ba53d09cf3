// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.core.fleet.IdentityWish;
import dev.latchkey.core.fleet.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What must hold between the clusters of a fleet.
final class FleetChecks {
  private FleetChecks() {}

  /// No cluster is listed twice, and no two have one short name.
  static void clusters(List<ClusterEntry> entries, Complaints complaints) {
    var ids = new HashMap<String, Spot>();
    var names = new HashMap<String, ClusterEntry>();
    for (ClusterEntry entry : entries) {
      if (!entry.isComplete()) {
        continue;
      }
      String id = fold(String.join("/", entry.subscription(), entry.resourceGroup(), entry.name()));
      var same = Optional.ofNullable(ids.putIfAbsent(id, entry.spot()));
      if (same.isPresent()) {
        complaints.add(new ConfigProblem.ClusterTwice(entry.spot(), entry.name(), same.get()));
        continue;
      }
      var namesake = Optional.ofNullable(names.putIfAbsent(fold(entry.shortName()), entry));
      if (namesake.isPresent() && !Names.isLost(entry.shortName())) {
        complaints.add(nameTwice(entry, namesake.get()));
      }
    }
  }

  private static ConfigProblem nameTwice(ClusterEntry entry, ClusterEntry other) {
    if (!entry.isFound() && !other.isFound()) {
      return new ConfigProblem.NameTwice(entry.spot(), entry.shortName(), other.spot());
    }
    var spot = entry.isFound() ? entry.spot() : other.spot();
    return new ConfigProblem.SelectedNameTwice(
        spot, entry.shortName(), other.id().text(), entry.id().text());
  }

  /// No two clusters sign in as one identity. A name with `{location}` is left to Azure's answer,
  /// which alone knows the locations.
  static void identities(List<ClusterEntry> entries, List<Target> targets, Complaints complaints) {
    var owners = new HashMap<String, Target>();
    for (int i = 0; i < targets.size(); i++) {
      var target = targets.get(i);
      var identity = target.identity();
      if (isOpen(identity)) {
        continue;
      }
      var owner = owners.putIfAbsent(key(identity), target);
      if (owner != null && !owner.cluster().equals(target.cluster())) {
        complaints.add(
            new ConfigProblem.IdentityShared(
                entries.get(i).spot(),
                target.name().value(),
                owner.name().value(),
                identity.nameTemplate()));
      }
    }
  }

  private static boolean isOpen(IdentityWish identity) {
    return identity.nameTemplate().contains("{" + IdentityName.LOCATION + "}")
        || Names.isLost(identity.nameTemplate())
        || Names.isLost(identity.resourceGroup())
        || Names.isLost(identity.subscription());
  }

  private static String key(IdentityWish identity) {
    return fold(
        String.join(
            "/", identity.subscription(), identity.resourceGroup(), identity.nameTemplate()));
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
