// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import dev.latchkey.sandbox.clock.SandboxClock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Access by role assignments: those at the scope and above it, down from `/`.
///
/// Management actions see an assignment at once and forget a deleted one at once; data actions do
/// so at the dates that stand in the assignment. Safe for use by several threads.
public final class RoleAccess implements Access {
  private final Roles roles;
  private final SandboxClock clock;
  private final AssignmentIndex assignments = new AssignmentIndex();

  /// Nobody may do anything yet.
  public RoleAccess(Roles roles, SandboxClock clock) {
    this.roles = roles;
    this.clock = clock;
  }

  /// Adds an assignment, or replaces the one of the same id.
  public void add(Assignment assignment) {
    assignments.put(assignment);
  }

  /// Ends an assignment; data planes honour it until the given moment.
  public void end(String id, Instant until) {
    assignments
        .find(id)
        .map(assignment -> assignment.endingAt(until))
        .ifPresent(until.isAfter(clock.now()) ? assignments::put : assignments::remove);
  }

  /// All assignments with their dates, those too that data planes have not forgotten yet.
  public List<Assignment> saved() {
    return assignments
        .all()
        .filter(assignment -> assignment.effectiveUntil().isAfter(clock.now()))
        .sorted(Comparator.comparing(Assignment::id, String.CASE_INSENSITIVE_ORDER))
        .toList();
  }

  /// What a principal holds at a scope and above it, deleted ones left out.
  public List<Assignment> held(String principalId, String scope) {
    return inOrder(counting(principalId, scope));
  }

  /// What a principal holds anywhere, deleted ones left out.
  public List<Assignment> held(String principalId) {
    return inOrder(assignments.of(principalId));
  }

  /// The assignments of a name, which a tenant has once, or none.
  public List<Assignment> named(String name) {
    return inOrder(assignments.named(name));
  }

  private static List<Assignment> inOrder(Stream<Assignment> found) {
    return found
        .filter(Assignment::isThere)
        .sorted(Comparator.comparing(Assignment::id, String.CASE_INSENSITIVE_ORDER))
        .toList();
  }

  /// How many assignments there are at and below a subscription, deleted ones left out.
  public int count(String subscriptionId) {
    return assignments.count(subscriptionId);
  }

  /// Whether a role is given to anybody.
  public boolean isGiven(String roleId) {
    return assignments
        .all()
        .filter(Assignment::isThere)
        .anyMatch(assignment -> assignment.roleId().equalsIgnoreCase(roleId));
  }

  @Override
  public Optional<String> allowing(Wish wish) {
    Instant now = clock.now();
    Wish whole = inSurroundings(wish, now);
    return counting(wish.principalId(), wish.scope())
        .filter(assignment -> honoured(assignment, wish.plane(), now))
        .filter(assignment -> allows(assignment, whole))
        .map(Assignment::id)
        .sorted()
        .findFirst();
  }

  private Stream<Assignment> counting(String principalId, String scope) {
    return assignments.counting(principalId, Scope.of(scope));
  }

  /// What the language calls the environment; nobody comes over a private link.
  private static Wish inSurroundings(Wish wish, Instant now) {
    Map<String, String> attributes = new HashMap<>(wish.attributes());
    attributes.put("@environment[UtcNow]", now.toString());
    attributes.put("@environment[isPrivateLink]", "false");
    return new Wish(
        wish.principalId(), wish.action(), wish.plane(), wish.scope(), Map.copyOf(attributes));
  }

  private static boolean honoured(Assignment assignment, Plane plane, Instant now) {
    return switch (plane) {
      case MANAGEMENT -> assignment.isThere();
      case DATA ->
          !assignment.effectiveFrom().isAfter(now) && assignment.effectiveUntil().isAfter(now);
    };
  }

  private boolean allows(Assignment assignment, Wish wish) {
    return roles.find(assignment.roleId()).stream()
            .flatMap(role -> role.permissions().stream())
            .filter(permission -> permission.allows(wish.action(), wish.plane()))
            .anyMatch(permission -> fulfilled(permission.condition(), wish))
        && fulfilled(assignment.condition(), wish);
  }

  private static boolean fulfilled(String condition, Wish wish) {
    return condition.isBlank()
        || Condition.read(condition)
            .map(read -> read.fulfilled(wish.action(), wish.attributes()))
            .orElse(false);
  }
}
