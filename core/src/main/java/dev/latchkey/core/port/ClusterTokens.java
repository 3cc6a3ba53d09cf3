// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import dev.latchkey.core.resource.Token;

/// Tokens for the API servers of clusters that sign in through Entra ID.
@FunctionalInterface
public interface ClusterTokens {
  /// A token of the caller for the AKS server application, valid for some minutes at least.
  Token forClusters();
}
