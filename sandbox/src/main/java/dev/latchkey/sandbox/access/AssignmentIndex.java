// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.access;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Assignments, found by what is asked of them without looking at all: a decision costs the same
/// among ten and among ten thousand. Safe for use by several threads.
final class AssignmentIndex {
  private static final Scope TENANT = Scope.of("/");

  private final ConcurrentMap<String, Assignment> byId = new ConcurrentHashMap<>();
  private final Groups byPrincipal = new Groups();
  private final Groups byPlace = new Groups();
  private final Groups byName = new Groups();
  private final Groups bySubscription = new Groups();

  /// Assignments grouped by some key of theirs.
  private static final class Groups {
    private final ConcurrentMap<String, Map<String, Assignment>> groups = new ConcurrentHashMap<>();

    void put(String key, Assignment assignment) {
      groups
          .computeIfAbsent(key, _ -> new ConcurrentHashMap<>())
          .put(lower(assignment.id()), assignment);
    }

    void remove(String key, Assignment assignment) {
      Optional.ofNullable(groups.get(key)).ifPresent(group -> group.remove(lower(assignment.id())));
      groups.remove(key, Map.of()); // an empty group equals this one
    }

    Map<String, Assignment> of(String key) {
      return groups.getOrDefault(key, Map.of());
    }
  }

  synchronized void put(Assignment assignment) {
    find(assignment.id()).ifPresent(this::remove);
    byId.put(lower(assignment.id()), assignment);
    byPrincipal.put(lower(assignment.principalId()), assignment);
    byPlace.put(place(assignment.principalId(), indexed(assignment)), assignment);
    byName.put(lower(assignment.name()), assignment);
    if (assignment.isThere()) {
      bySubscription.put(subscription(assignment.scope()), assignment);
    }
  }

  synchronized void remove(Assignment assignment) {
    byId.remove(lower(assignment.id()));
    byPrincipal.remove(lower(assignment.principalId()), assignment);
    byPlace.remove(place(assignment.principalId(), indexed(assignment)), assignment);
    byName.remove(lower(assignment.name()), assignment);
    bySubscription.remove(subscription(assignment.scope()), assignment);
  }

  Optional<Assignment> find(String id) {
    return Optional.ofNullable(byId.get(lower(id)));
  }

  Stream<Assignment> all() {
    return byId.values().stream();
  }

  Stream<Assignment> of(String principalId) {
    return byPrincipal.of(lower(principalId)).values().stream();
  }

  Stream<Assignment> named(String name) {
    return byName.of(lower(name)).values().stream();
  }

  int count(String subscriptionId) {
    return bySubscription.of(lower(subscriptionId)).size();
  }

  /// What a principal has at a scope and above it.
  Stream<Assignment> counting(String principalId, Scope scope) {
    Predicate<Assignment> counts = assignment -> Scope.of(assignment.scope()).holds(scope);
    return scope.upwards().stream()
        .flatMap(above -> byPlace.of(place(principalId, above)).values().stream())
        .filter(counts);
  }

  /// Management groups stand with the tenant: no path tells what is below them.
  private static Scope indexed(Assignment assignment) {
    Scope scope = Scope.of(assignment.scope());
    return scope.isManagementGroup() ? TENANT : scope;
  }

  private static String place(String principalId, Scope scope) {
    return lower(principalId) + " " + scope.path();
  }

  private static String subscription(String scope) {
    String[] words = scope.split("/", -1);
    boolean inSubscription = words.length > 2 && words[1].equalsIgnoreCase("subscriptions");
    return inSubscription ? lower(words[2]) : "";
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
