// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.trust;

/// One hop of the way from a pod to a secret, in order; the last two must be refused.
public enum Hop {
  /// The pod carries the label, and the webhook injected the variables and the token.
  POD("pod", "its pod carries the label, the variables and the token file"),
  /// The service account is annotated with the identity's client id.
  SERVICE_ACCOUNT("account", "its service account names the cluster's own identity"),
  /// The API server issues a token for Entra's audience whose issuer is the cluster's.
  TOKEN("token", "a token for its service account, bound to that pod, from the cluster's issuer"),
  /// The credential trusts the token's issuer and subject, character by character.
  CREDENTIAL("credential", "the federated credential trusts that issuer and subject"),
  /// Entra exchanges the token.
  EXCHANGE("exchange", "exchanged at Entra ID for the cluster's own identity"),
  /// A declared secret can be read.
  SECRET("secret", "readable"),
  /// A secret that was not declared cannot be read.
  UNDECLARED_REFUSED("undeclared", "a secret that was not declared refused"),
  /// Another cluster's token is not accepted for this identity.
  FOREIGN_REFUSED("foreign", "another cluster's token refused");

  private final String key;
  private final String claim;

  Hop(String key, String claim) {
    this.key = key;
    this.claim = claim;
  }

  /// The hop's name in JSON and in narrow columns.
  public String key() {
    return key;
  }

  /// What is proven, for people.
  public String claim() {
    return claim;
  }

  /// Whether the proof is that something does not work.
  public boolean isRefusal() {
    return this == UNDECLARED_REFUSED || this == FOREIGN_REFUSED;
  }
}
