// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.message.Service;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The API servers of all simulated clusters, each made when it is first asked for.
public final class KubernetesClusters {
  private record Running(KubernetesCluster cluster, Service server) {}

  private final World world;
  private final NodeSide nodes;
  private final ConcurrentMap<String, Running> running = new ConcurrentHashMap<>();

  /// No API server yet.
  ///
  /// @param nodes who runs the pods of all clusters
  public KubernetesClusters(World world, NodeSide nodes) {
    this.world = world;
    this.nodes = nodes;
  }

  /// The API server of a cluster that exists.
  public Service of(String clusterId) {
    return running(clusterId).server();
  }

  /// The inside of a cluster that exists.
  public KubernetesCluster cluster(String clusterId) {
    return running(clusterId).cluster();
  }

  /// Forgets all that is in a cluster, because it was deleted.
  public void forget(String clusterId) {
    running.remove(clusterId.toLowerCase(Locale.ROOT));
  }

  /// Binds a user of Entra ID to `cluster-admin`, as whoever set up the cluster would have done.
  public void grantClusterAdmin(String clusterId, String objectId) {
    FirstObjects.bind(
        cluster(clusterId), "cluster-admin-" + objectId, "cluster-admin", "User", objectId);
  }

  /// Every token issued to service accounts of all clusters, to look whether one has leaked.
  public List<String> issuedTokens() {
    return running.values().stream()
        .flatMap(each -> each.cluster().tokens().issued().stream())
        .toList();
  }

  private Running running(String clusterId) {
    return running.computeIfAbsent(clusterId.toLowerCase(Locale.ROOT), this::open);
  }

  private Running open(String clusterId) {
    var cluster = new KubernetesCluster(world, clusterId, nodes);
    nodes.opened(cluster);
    return new Running(cluster, new ApiServer(world, cluster, nodes));
  }
}
