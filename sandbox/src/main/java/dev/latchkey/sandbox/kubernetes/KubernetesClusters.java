// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.cluster.ClusterView;
import dev.latchkey.sandbox.message.Service;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The API servers of all simulated clusters, each made when it is first asked for.
public final class KubernetesClusters {
  /// One cluster's inside; another cluster of the same name has another `uid`.
  private record Running(String uid, KubernetesCluster cluster, Service server) {}

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

  /// Binds a user of Entra ID to `cluster-admin`, as whoever set up the cluster would have done.
  public void grantClusterAdmin(String clusterId, String objectId) {
    FirstObjects.bind(
        cluster(clusterId), "cluster-admin-" + objectId, "cluster-admin", "User", objectId);
  }

  /// What is in each cluster that was ever asked for anything; in the others nothing was written.
  public List<SavedCluster> saved() {
    return running.values().stream()
        .map(Running::cluster)
        .filter(cluster -> world.clusters().find(cluster.key()).isPresent())
        .map(KubernetesCluster::saved)
        .sorted(Comparator.comparing(SavedCluster::id))
        .toList();
  }

  /// Takes on clusters as they were saved; their controllers begin to work.
  public void restore(List<SavedCluster> saved) {
    for (SavedCluster one : saved) {
      running.computeIfAbsent(
          one.id().toLowerCase(Locale.ROOT),
          _ -> opened(one.uid(), KubernetesCluster.restored(world, one, nodes)));
    }
  }

  /// Every token issued to service accounts of all clusters, to look whether one has leaked.
  public List<String> issuedTokens() {
    return running.values().stream()
        .flatMap(each -> each.cluster().tokens().issued().stream())
        .toList();
  }

  private Running running(String clusterId) {
    return Objects.requireNonNull(
        running.compute(clusterId.toLowerCase(Locale.ROOT), this::current));
  }

  /// What is in a cluster goes with it: one that was made again under its name is empty.
  private Running current(String clusterId, @Nullable Running known) {
    Optional<String> uid = world.clusters().find(clusterId).map(ClusterView::uid);
    if (known != null && uid.map(known.uid()::equals).orElse(true)) {
      return known;
    }
    if (known != null) {
      nodes.gone(known.cluster());
    }
    return opened(uid.orElse(""), KubernetesCluster.fresh(world, clusterId, nodes));
  }

  private Running opened(String uid, KubernetesCluster cluster) {
    nodes.opened(cluster);
    return new Running(uid, cluster, new ApiServer(world, cluster, nodes));
  }
}
