// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.util.List;

/// A Key Vault as ARM reports it.
///
/// @param uri its data plane, with the slash at the end
/// @param readersByPolicy who may read secrets by access policy; of effect only in [Model#POLICIES]
public record Vault(
    ResourceId id, String uri, TenantId tenant, Model model, List<PrincipalId> readersByPolicy) {
  /// Which of its two permission models a vault obeys.
  public enum Model {
    /// Azure role assignments, down to a single secret.
    ROLES,
    /// Access policies, for the whole vault only.
    POLICIES
  }

  public Vault {
    readersByPolicy = List.copyOf(readersByPolicy);
  }
}
