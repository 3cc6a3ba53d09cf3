// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

/// What is wrong with the way from a cluster's identity to its secrets.
public enum AccessPremise implements Premise {
  /// Key Vault refuses with ForbiddenByRbac.
  MISSING_ROLE("the identity has no role at its secrets"),
  /// It can read what was never meant for it.
  ROLE_AT_VAULT_SCOPE("the identity has its role at the whole vault, not at its secrets"),
  /// Role assignments count for nothing there.
  VAULT_IN_POLICY_MODE("the vault goes by access policies, which ignore role assignments"),
  /// Key Vault refuses with ForbiddenByFirewall.
  VAULT_FIREWALL("the vault's firewall lets nobody in"),
  /// Key Vault refuses with SecretDisabled.
  SECRET_DISABLED("a secret is disabled"),
  /// Key Vault answers SecretNotFound, and the bin still has it.
  SECRET_DELETED("a secret was deleted and lies in the vault's bin");

  private final String explanation;

  AccessPremise(String explanation) {
    this.explanation = explanation;
  }

  @Override
  public String explanation() {
    return explanation;
  }
}
