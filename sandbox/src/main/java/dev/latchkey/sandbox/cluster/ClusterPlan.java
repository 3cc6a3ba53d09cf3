// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import java.util.Map;

/// A cluster that is there from the beginning.
public record ClusterPlan(
    String subscriptionId,
    String resourceGroup,
    String name,
    String location,
    String kubernetesVersion,
    ClusterView.Authorization authorization,
    Features features,
    Map<String, String> tags) {
  /// What of workload identity is on.
  public enum Features {
    /// Nothing: the way of most existing clusters.
    NONE,
    /// The issuer alone.
    ISSUER,
    /// The issuer and the webhook.
    WORKLOAD_IDENTITY
  }

  public ClusterPlan {
    tags = Map.copyOf(tags);
  }

  String id() {
    return "/subscriptions/%s/resourcegroups/%s/providers/%s/%s"
        .formatted(subscriptionId, resourceGroup, ManagedClusters.NAME, name);
  }
}
