// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.vault;

import java.util.List;
import java.util.Optional;

/// The vaults that exist at this moment; their names are unique in the world.
public interface Vaults {
  /// The vault of this name, compared without case.
  Optional<Vault> find(String name);

  /// All vaults.
  List<Vault> all();
}
