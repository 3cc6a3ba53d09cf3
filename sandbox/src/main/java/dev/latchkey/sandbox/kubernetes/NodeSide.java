// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What the nodes of the clusters do for their API servers.
public interface NodeSide {
  /// A cluster whose pods nobody runs: they stay as they were created.
  NodeSide NONE =
      new NodeSide() {
        @Override
        public void opened(KubernetesCluster cluster) {}

        @Override
        public void gone(KubernetesCluster cluster) {}

        @Override
        public void admit(KubernetesCluster cluster, ObjectNode pod) {}

        @Override
        public Optional<String> log(KubernetesCluster cluster, ObjectNode pod, String container) {
          return Optional.empty();
        }

        @Override
        public boolean stopsPods() {
          return false;
        }
      };

  /// Called once, when somebody asks a cluster's API server for the first time.
  void opened(KubernetesCluster cluster);

  /// Called once, when a cluster was deleted: what its nodes run ends.
  void gone(KubernetesCluster cluster);

  /// Changes a pod that is being created, as mutating webhooks do, or throws a [Refusal].
  void admit(KubernetesCluster cluster, ObjectNode pod);

  /// What the container has written so far; empty when it never ran.
  Optional<String> log(KubernetesCluster cluster, ObjectNode pod, String container);

  /// Whether a pod that is to be deleted stays until the nodes have stopped it.
  boolean stopsPods();
}
