// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import dev.latchkey.sandbox.clock.SandboxClock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Access by role assignments: those at the scope and above it, down from `/`.
///
/// Management actions see an assignment at once and forget a deleted one at once; data actions do
/// so at the dates that stand in the assignment. Safe for use by several threads.
public final class RoleAccess implements Access {
  private final Roles roles;
  private final SandboxClock clock;
  private final ConcurrentMap<String, Assignment> assignments = new ConcurrentHashMap<>();

  /// Nobody may do anything yet.
  public RoleAccess(Roles roles, SandboxClock clock) {
    this.roles = roles;
    this.clock = clock;
  }

  /// Adds an assignment, or replaces the one of the same id.
  public void add(Assignment assignment) {
    assignments.put(key(assignment.id()), assignment);
  }

  /// Ends an assignment; data planes honour it until the given moment.
  public void end(String id, Instant until) {
    assignments.computeIfPresent(key(id), (_, assignment) -> assignment.endingAt(until));
  }

  /// What a principal holds at a scope and above it, deleted ones left out.
  public List<Assignment> held(String principalId, String scope) {
    return assignments.values().stream()
        .filter(assignment -> assignment.principalId().equalsIgnoreCase(principalId))
        .filter(assignment -> assignment.effectiveUntil().equals(Instant.MAX))
        .filter(assignment -> assignment.counts(scope))
        .toList();
  }

  /// All assignments that were not deleted.
  public Collection<Assignment> all() {
    return assignments.values().stream()
        .filter(assignment -> assignment.effectiveUntil().equals(Instant.MAX))
        .toList();
  }

  @Override
  public Optional<String> allowing(Wish wish) {
    Instant now = clock.now();
    return assignments.values().stream()
        .filter(assignment -> assignment.principalId().equalsIgnoreCase(wish.principalId()))
        .filter(assignment -> honoured(assignment, wish.plane(), now))
        .filter(assignment -> assignment.counts(wish.scope()))
        .filter(assignment -> fulfilled(assignment.condition(), wish))
        .filter(assignment -> allows(assignment, wish))
        .map(Assignment::id)
        .sorted()
        .findFirst();
  }

  private static boolean honoured(Assignment assignment, Plane plane, Instant now) {
    return switch (plane) {
      case MANAGEMENT -> assignment.effectiveUntil().equals(Instant.MAX);
      case DATA ->
          !assignment.effectiveFrom().isAfter(now) && assignment.effectiveUntil().isAfter(now);
    };
  }

  private boolean allows(Assignment assignment, Wish wish) {
    return roles.find(assignment.roleId()).stream()
        .flatMap(role -> role.permissions().stream())
        .filter(permission -> permission.allows(wish.action(), wish.plane()))
        .anyMatch(permission -> fulfilled(permission.condition(), wish));
  }

  private static boolean fulfilled(String condition, Wish wish) {
    return condition.isBlank()
        || Condition.read(condition)
            .map(read -> read.fulfilled(wish.action(), wish.attributes()))
            .orElse(false);
  }

  private static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
