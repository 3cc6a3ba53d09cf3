// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

/// What is wrong with a cluster itself.
public enum ClusterPremise implements Premise {
  /// Labelled pods get no variables and no token.
  WEBHOOK_ABSENT("the workload identity webhook is not there"),
  /// Only pods that are made while it serves get variables and token.
  POD_OLDER_THAN_WEBHOOK("the pods were made before the webhook served"),
  /// Another issuer, and nothing inside.
  CLUSTER_RECREATED("the cluster was deleted and made again, with a new issuer"),
  /// Entra ID cannot fetch the keys.
  DISCOVERY_UNREACHABLE("the issuer's discovery document cannot be fetched"),
  /// Who has no role inside gets in no longer.
  LOCAL_ACCOUNTS_DISABLED("local accounts are disabled, and nobody has a role in the cluster");

  private final String explanation;

  ClusterPremise(String explanation) {
    this.explanation = explanation;
  }

  @Override
  public String explanation() {
    return explanation;
  }
}
