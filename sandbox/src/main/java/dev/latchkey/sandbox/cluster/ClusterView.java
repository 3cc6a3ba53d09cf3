// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the rest of the simulated world needs to know of one AKS cluster at this moment.
///
/// @param id the full resource id as written
/// @param uid another one for a cluster that was deleted and made again
/// @param issuer the OIDC issuer with its slash at the end, once it is announced
/// @param webhook the moment from which the workload identity webhook serves; empty while it is off
/// @param rotations when the issuer's signing key was renewed, oldest first
/// @param apiServerDownUntil while the API server restarts, the moment it is back
public record ClusterView(
    String id,
    String uid,
    String name,
    String resourceGroup,
    String subscriptionId,
    String location,
    String tenantId,
    String kubernetesVersion,
    Authorization authorization,
    Power power,
    Optional<String> issuer,
    Optional<Instant> webhook,
    List<Instant> rotations,
    Optional<Instant> apiServerDownUntil) {

  public ClusterView {
    rotations = List.copyOf(rotations);
  }

  /// Who may do what inside the cluster.
  public enum Authorization {
    /// Entra ID tokens, rights from role assignments (Azure RBAC for Kubernetes).
    AZURE_RBAC,
    /// Entra ID tokens, rights from Kubernetes role bindings that name object ids.
    ENTRA_KUBERNETES_RBAC,
    /// No Entra ID: client certificates, Kubernetes role bindings.
    LOCAL
  }

  /// Whether the cluster runs.
  public enum Power {
    /// Its API server answers.
    RUNNING,
    /// It was stopped: only start and delete are allowed.
    STOPPED
  }
}
