// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.message;

/// Whom a client spoke to, by the host and port that it used.
public sealed interface Origin {
  /// The one port that serves ARM, Entra ID and the issuers of all clusters; the path tells which.
  record Front() implements Origin {}

  /// The data plane of one Key Vault.
  ///
  /// @param vault the vault's name in lower case; vault names are unique in Azure
  record Vault(String vault) implements Origin {}

  /// The API server of one cluster.
  ///
  /// @param clusterId the cluster's full resource id in lower case
  record Cluster(String clusterId) implements Origin {}
}
