// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

/// All that the engine asks of the world outside, in one hand.
public record Ports(
    Time time,
    ManagedClusters clusters,
    ManagedIdentities identities,
    RoleAssignments roles,
    Vaults vaults,
    Locks locks,
    CallerRights rights,
    Providers providers,
    Issuers issuers,
    TokenExchange exchange,
    SecretProbe secrets,
    Workloads workloads,
    Releases releases) {
  /// The same with other clusters.
  public Ports with(ManagedClusters others) {
    return new Ports(
        time,
        others,
        identities,
        roles,
        vaults,
        locks,
        rights,
        providers,
        issuers,
        exchange,
        secrets,
        workloads,
        releases);
  }
}
