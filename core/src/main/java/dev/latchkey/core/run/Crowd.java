// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.RolloutWish.Group;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Bucket;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.resource.ClusterName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Subscriptions with so many clusters that AKS hands out their kubeconfigs for minutes.
final class Crowd {
  private Crowd() {}

  /// Clusters that so many others of their subscription go before in the rollout that one would
  /// have to wait for their kubeconfigs. Those that must be updated first are looked into only when
  /// they were: nobody waits for the look.
  static Set<ClusterName> behind(Fleet fleet, Limits limits) {
    double few = limits.rate(Bucket.CLUSTER_OTHERS).size() / 2;
    Map<ClusterName, String> subscriptions = new HashMap<>();
    for (Target target : fleet.targets()) {
      String subscription = target.cluster().subscription().toLowerCase(Locale.ROOT);
      subscriptions.put(target.name(), subscription);
    }
    List<ClusterName> clusters = fleet.targets().stream().map(Target::name).toList();
    Map<String, Integer> begun = new HashMap<>();
    Set<ClusterName> behind = new HashSet<>();
    for (Group group : fleet.rollout().groups(clusters)) {
      for (ClusterName cluster : group.clusters()) {
        if (begun.merge(subscriptions.getOrDefault(cluster, ""), 1, Integer::sum) > few) {
          behind.add(cluster);
        }
      }
    }
    return behind;
  }
}
