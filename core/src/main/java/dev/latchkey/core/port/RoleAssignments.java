// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.RoleAssignment;
import java.util.List;

/// What latchkey asks of Azure about role assignments.
public interface RoleAssignments {
  /// All assignments at a resource, below it, and inherited by it.
  List<RoleAssignment> at(ResourceId scope);

  /// How many assignments count against a subscription's limit: those at it and below it.
  int count(String subscription);

  /// Makes the assignment for a service principal, or gives the one of this name another condition;
  /// nothing else of it can be changed.
  Made create(RoleAssignment assignment);

  /// How a creation ended; both are success.
  enum Made {
    /// It is new.
    CREATED,
    /// The same role, scope and principal were there already (`RoleAssignmentExists`).
    EXISTED
  }
}
