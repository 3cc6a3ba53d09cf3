// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Vault;
import java.util.Optional;

/// What latchkey asks of Azure Resource Manager about Key Vaults.
public interface Vaults {
  /// The vault of this id; empty when there is none.
  Optional<Vault> find(ResourceId id);

  /// Adds an access policy that lets an identity get secrets, all of the vault; merges, never
  /// replaces.
  void allowGetOfSecrets(ResourceId vault, ManagedIdentity identity);
}
