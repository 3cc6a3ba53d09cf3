// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import dev.latchkey.core.resource.PermissionSet;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.ResourceId;
import java.util.List;

/// What latchkey asks of Azure about the rights of its own caller.
public interface CallerRights {
  /// What the roles that the caller holds at a resource, or inherits there, let it do.
  Held at(ResourceId scope);

  /// What a caller may do somewhere.
  ///
  /// @param sets one for each role
  record Held(PrincipalId caller, List<PermissionSet> sets) {
    public Held {
      sets = List.copyOf(sets);
    }

    /// Whether nothing that is told could allow an action. Who is told to hold nothing at all could
    /// not have asked.
    public boolean lacks(String action) {
      return !sets.isEmpty() && sets.stream().noneMatch(set -> set.mayAllow(action));
    }
  }
}
