// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

import static dev.latchkey.core.plan.Fact.ACCESS;
import static dev.latchkey.core.plan.Fact.CLUSTER_UPDATED;
import static dev.latchkey.core.plan.Fact.CREDENTIAL;
import static dev.latchkey.core.plan.Fact.IDENTITY;
import static dev.latchkey.core.plan.Fact.ISSUER;
import static dev.latchkey.core.plan.Fact.PROOF;
import static dev.latchkey.core.plan.Fact.RELEASE;

import java.util.Set;

/// The six steps of one cluster: what each must know before it acts, and what it makes known.
public enum Step {
  /// OIDC issuer and workload identity on; the issuer is known first, minutes before the end.
  WORKLOAD_IDENTITY(
      1, "workload identity", "workloadIdentity", Set.of(), Set.of(ISSUER, CLUSTER_UPDATED)),
  /// The cluster's own user-assigned managed identity.
  MANAGED_IDENTITY(2, "identity", "managedIdentity", Set.of(), Set.of(IDENTITY)),
  /// The identity trusts the service account.
  FEDERATED_CREDENTIAL(
      3, "credential", "federatedCredential", Set.of(ISSUER, IDENTITY), Set.of(CREDENTIAL)),
  /// The identity may read exactly the declared secrets.
  KEY_VAULT_ACCESS(4, "access", "keyVaultAccess", Set.of(IDENTITY), Set.of(ACCESS)),
  /// The chart, its service account annotated with the identity's client id.
  ///
  /// An app that cannot read its secrets cannot become ready, so it is not rolled out before it
  /// can.
  HELM_RELEASE(
      5, "release", "helmRelease", Set.of(CLUSTER_UPDATED, CREDENTIAL, ACCESS), Set.of(RELEASE)),
  /// The rollout, and the chain itself: token, exchange, secret, refusals.
  VERIFICATION(6, "verify", "verification", Set.of(RELEASE, ACCESS), Set.of(PROOF));

  private final int number;
  private final String title;
  private final String key;
  private final Set<Fact> needed;
  private final Set<Fact> given;

  Step(int number, String title, String key, Set<Fact> needed, Set<Fact> given) {
    this.number = number;
    this.title = title;
    this.key = key;
    this.needed = needed;
    this.given = given;
  }

  /// The step's name for people.
  public String title() {
    return title;
  }

  /// The step's name in JSON.
  public String key() {
    return key;
  }

  /// What must be known before the step acts.
  public Set<Fact> needed() {
    return needed;
  }

  /// What the step makes known.
  public Set<Fact> given() {
    return given;
  }

  /// The step's place in the list, from 1.
  public int number() {
    return number;
  }
}
