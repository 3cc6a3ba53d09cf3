// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.fleet;

import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import java.util.List;

/// Which secrets of which vault become readable, and by which means.
///
/// @param secrets exactly these; at least one
public record VaultAccess(ResourceId vault, List<Secret> secrets, Means means) {
  /// A secret that the application needs.
  ///
  /// @param as the name under which the application knows it
  public record Secret(SecretName name, String as) {}

  /// How Key Vault is told.
  public enum Means {
    /// One role assignment for each secret.
    ROLES,
    /// One role assignment at the vault, whose condition names the secrets.
    CONDITION,
    /// An access policy for the whole vault: cannot name secrets, so it must be accepted
    /// explicitly.
    POLICY
  }

  public VaultAccess {
    secrets = List.copyOf(secrets);
  }

  /// The names of the secrets.
  public List<SecretName> names() {
    return secrets.stream().map(Secret::name).toList();
  }

  /// The scope of a role assignment on one secret.
  public ResourceId scope(SecretName secret) {
    return vault.child("secrets", secret.value());
  }
}
