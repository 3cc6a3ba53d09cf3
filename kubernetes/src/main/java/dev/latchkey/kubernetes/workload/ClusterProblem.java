// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import dev.latchkey.core.resource.ResourceId;
import java.util.Optional;

/// What a cluster's API server refuses.
public sealed interface ClusterProblem extends Problem {
  /// Signed in, but a right is missing.
  record Forbidden(ResourceId cluster, Right missing, Authority authority, AzureAnswer refusal)
      implements ClusterProblem {}

  /// The API server does not accept our credential.
  record Unauthorized(ResourceId cluster, AzureAnswer refusal) implements ClusterProblem {}

  /// A right inside a cluster.
  ///
  /// @param user as the cluster knows us: the object id with Entra ID
  /// @param resource plural, such as `pods` or `serviceaccounts/token`
  /// @param namespace empty for what belongs to the whole cluster
  record Right(String user, String verb, String resource, String namespace) {}

  /// Who decides about rights in a cluster.
  enum Authority {
    /// Role assignments of Azure.
    AZURE_RBAC,
    /// Roles and bindings inside the cluster.
    KUBERNETES_RBAC
  }

  @Override
  default String code() {
    return switch (this) {
      case Forbidden _ -> "cluster-permission-missing";
      case Unauthorized _ -> "cluster-credential-refused";
    };
  }

  @Override
  default Optional<AzureAnswer> answer() {
    return switch (this) {
      case Forbidden problem -> Optional.of(problem.refusal());
      case Unauthorized problem -> Optional.of(problem.refusal());
    };
  }

  @Override
  default Text text() {
    return ClusterWording.of(this);
  }
}
