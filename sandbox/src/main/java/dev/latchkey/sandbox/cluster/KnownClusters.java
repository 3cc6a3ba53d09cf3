// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Store;
import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.clock.SandboxClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The clusters of the store, as the rest of the world sees them.
record KnownClusters(Store store, SandboxClock clock, ClusterDates dates, String tenantId)
    implements Clusters {
  @Override
  public Optional<ClusterView> find(String id) {
    return store.find(id).filter(one -> one.type().equals(ManagedClusters.NAME)).map(this::view);
  }

  @Override
  public List<ClusterView> all() {
    return store.below("/subscriptions", ManagedClusters.NAME).stream().map(this::view).toList();
  }

  private ClusterView view(Stored cluster) {
    Instant now = clock.now();
    ObjectNode tree = ClusterShape.at(cluster, now);
    String[] words = cluster.id().split("/", -1);
    ClusterDates.Dates known = dates.of(cluster.id());
    return new ClusterView(
        cluster.id(),
        tree.path("properties").path("resourceUID").asString(""),
        cluster.name(),
        words[4],
        words[2],
        tree.path("location").asString(""),
        tenantId,
        tree.path("properties").path("currentKubernetesVersion").asString(""),
        authorization(tree),
        ClusterShape.isStopped(tree) ? ClusterView.Power.STOPPED : ClusterView.Power.RUNNING,
        issuer(tree),
        ClusterShape.hasWebhook(tree) ? known.webhook() : Optional.empty(),
        known.rotations().stream().filter(rotation -> !now.isBefore(rotation)).toList(),
        known.isDown(now) ? known.downUntil() : Optional.empty());
  }

  private static Optional<String> issuer(ObjectNode tree) {
    JsonNode url = tree.path("properties").path("oidcIssuerProfile").path("issuerURL");
    return url.isString() ? Optional.of(url.asString()) : Optional.empty();
  }

  private static ClusterView.Authorization authorization(ObjectNode tree) {
    JsonNode entra = tree.path("properties").path("aadProfile");
    if (!entra.isObject()) {
      return ClusterView.Authorization.LOCAL;
    }
    return entra.path("enableAzureRBAC").asBoolean(false)
        ? ClusterView.Authorization.AZURE_RBAC
        : ClusterView.Authorization.ENTRA_KUBERNETES_RBAC;
  }
}
