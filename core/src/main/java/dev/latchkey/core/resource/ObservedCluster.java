// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.util.List;
import java.util.Optional;

/// An AKS cluster as ARM reports it.
///
/// @param state `Succeeded`, `Failed`, `Canceled`, or the name of the operation that runs
/// @param reach from where its API server can be reached
/// @param issuer present as soon as Azure announced it, minutes before the update ends
/// @param etag present where the api-version has one
public record ObservedCluster(
    ResourceId id,
    String location,
    String kubernetesVersion,
    String nodeResourceGroup,
    String state,
    Power power,
    Reach reach,
    Optional<Issuer> issuer,
    Feature workloadIdentity,
    SignIn signIn,
    Optional<TenantId> tenant,
    List<Pool> pools,
    Tags tags,
    Optional<String> etag) {

  /// Whether the cluster runs.
  public enum Power {
    /// Its API server is there.
    RUNNING,
    /// Only start and delete are allowed.
    STOPPED
  }

  /// A switch of the cluster.
  public enum Feature {
    /// Switched on.
    ON,
    /// Switched off.
    OFF
  }

  /// How one signs in at its API server, and who decides what is allowed.
  public enum SignIn {
    /// Entra ID; role assignments decide.
    ENTRA_AZURE_RBAC,
    /// Entra ID; Kubernetes role bindings decide.
    ENTRA_KUBERNETES_RBAC,
    /// Client certificates; Kubernetes role bindings decide.
    CERTIFICATE
  }

  /// A node pool.
  ///
  /// @param state as for the cluster
  /// @param count nodes it has now
  /// @param autoscaling whether Azure changes the count by itself
  public record Pool(
      String name, String state, int count, Feature autoscaling, Optional<String> etag) {}

  public ObservedCluster {
    pools = List.copyOf(pools);
  }

  /// Whether both switches are on, by which identities can trust the cluster's service accounts.
  public boolean trustsAccounts() {
    return issuer.isPresent() && workloadIdentity == Feature.ON;
  }

  /// The operation that runs on the cluster or on one of its pools, in Azure's words; empty when
  /// idle.
  public Optional<String> operation() {
    if (!terminal(state)) {
      return Optional.of(state);
    }
    return pools.stream()
        .filter(pool -> !terminal(pool.state()))
        .map(pool -> pool.name() + " - " + pool.state())
        .findFirst();
  }

  /// Whether a provisioning state is one that Azure leaves by itself no more.
  public static boolean terminal(String state) {
    return state.equals("Succeeded") || state.equals("Failed") || state.equals("Canceled");
  }
}
