// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

/// What one step makes known to others.
public enum Fact {
  /// The cluster's OIDC issuer; known minutes before its update ends.
  ISSUER("the issuer"),
  /// The cluster has its switches on and is idle.
  CLUSTER_UPDATED("the cluster's update"),
  /// The managed identity with its client id and principal id.
  IDENTITY("the managed identity"),
  /// The identity trusts the service account.
  CREDENTIAL("the federated credential"),
  /// The identity may read the secrets.
  ACCESS("the access"),
  /// The chart is installed.
  RELEASE("the release"),
  /// The trust chain was walked.
  PROOF("the proof");

  private final String words;

  Fact(String words) {
    this.words = words;
  }

  /// The fact, for people.
  public String words() {
    return words;
  }
}
