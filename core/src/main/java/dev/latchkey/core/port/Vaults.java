// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.Vault;
import java.util.List;
import java.util.Optional;

/// What latchkey asks of Azure Resource Manager about Key Vaults.
public interface Vaults {
  /// The vault of this id; empty when there is none.
  Optional<Vault> find(ResourceId id);

  /// Which of these secrets the vault does not have. Asks for names alone, one request for each.
  List<SecretName> missing(ResourceId vault, List<SecretName> secrets);

  /// Adds an access policy that lets an identity get secrets, all of the vault; merges, never
  /// replaces.
  void allowGetOfSecrets(ResourceId vault, ManagedIdentity identity);
}
