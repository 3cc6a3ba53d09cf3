// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ResourceId;
import java.util.List;
import java.util.Optional;

/// What latchkey asks of AKS through Azure Resource Manager.
public interface ManagedClusters {
  /// The cluster as it is now; empty when there is none.
  Optional<ObservedCluster> find(ResourceId id);

  /// All clusters of a subscription.
  List<ObservedCluster> list(String subscription);

  /// All clusters of a resource group; none when the group is not there.
  List<ObservedCluster> list(String subscription, String resourceGroup);

  /// Switches the OIDC issuer and workload identity on, and changes nothing else.
  ///
  /// Reads the cluster right before, compares it with what was expected (etags, pools and their
  /// counts), sends everything back as it came with two properties set. A cluster that changed
  /// meanwhile is a problem with Azure's or our own `PreconditionFailed`.
  Update enableWorkloadIdentity(ResourceId id, ObservedCluster expected);

  /// How an operation that runs is doing.
  Progress progress(Operation operation);

  /// How to reach the cluster's API server; holds credentials, so it is hidden from formatters.
  Kubeconfig kubeconfig(ResourceId id);

  /// An update that Azure accepted.
  ///
  /// @param issuer announced with the first answer, minutes before the update ends
  record Update(Optional<Issuer> issuer, Operation operation) {}

  /// A long-running operation.
  ///
  /// @param statusUri where Azure tells its state; followed byte for byte
  record Operation(ResourceId cluster, String statusUri) {}

  /// The state of a long-running operation.
  sealed interface Progress {
    /// It goes on.
    record Running() implements Progress {}

    /// It ended well.
    record Done() implements Progress {}

    /// It failed or was cancelled.
    record Failed(AzureAnswer answer) implements Progress {}
  }
}
