// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import java.time.Instant;

/// A role given to a principal at a scope.
///
/// @param id the full resource id of the assignment
/// @param scope the resource id at and below which it counts; `/` is the whole tenant
/// @param roleId the GUID of the role
/// @param condition Azure's condition language, or the empty text
/// @param effectiveFrom when the services' caches know of it
/// @param effectiveUntil when they have forgotten a deleted one; [Instant#MAX] while it is there
public record Assignment(
    String id,
    String scope,
    String roleId,
    String principalId,
    String condition,
    Instant effectiveFrom,
    Instant effectiveUntil) {

  /// The same, no longer honoured from the given moment on.
  public Assignment endingAt(Instant end) {
    return new Assignment(id, scope, roleId, principalId, condition, effectiveFrom, end);
  }

  /// Whether it was not deleted.
  public boolean isThere() {
    return effectiveUntil.equals(Instant.MAX);
  }

  /// The GUID that names it in the tenant.
  public String name() {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
