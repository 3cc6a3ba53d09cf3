// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

/// One situation of the simulated world.
public sealed interface Premise {
  /// The federated credentials that trust a cluster's issuer name it without the slash at its end:
  /// those that exist, and each that is written from then on.
  ///
  /// @param clusterName as in `aks-weu-1`
  record IssuerWithoutSlash(String clusterName) implements Premise {}
}
