// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The vaults that exist, as their management plane has set them up at this moment.
public interface KnownVaults {
  /// The vault of this name, in lower case.
  Optional<Rules> find(String name);

  /// How one vault guards its secrets.
  ///
  /// @param id full resource id
  /// @param retentionDays how long a deleted secret can be recovered
  record Rules(
      String name,
      String id,
      String tenantId,
      String location,
      Guard guard,
      Network network,
      Deletion deletion,
      int retentionDays) {}

  /// The vault's permission model; one cuts the other off.
  sealed interface Guard {
    /// Role assignments at the vault, its secrets, and above.
    record Roles() implements Guard {}

    /// Access policies: permissions on secrets by object id, all in lower case.
    record Policies(Map<String, Set<String>> secretsByObjectId) implements Guard {}
  }

  /// From where the vault can be reached.
  enum Network {
    /// From everywhere.
    OPEN,
    /// From listed addresses; this machine's is not one of them.
    FIREWALLED,
    /// Through private endpoints alone.
    PRIVATE
  }

  /// What the deletion of a secret means.
  enum Deletion {
    /// It is gone.
    FINAL,
    /// It can be recovered, and purged by who may.
    RECOVERABLE,
    /// It can be recovered, and nobody can purge it.
    PROTECTED
  }
}
