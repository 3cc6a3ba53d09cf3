// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Access;
import dev.latchkey.core.plan.Access.Added;
import dev.latchkey.core.plan.Access.Bounds;
import dev.latchkey.core.plan.Access.Other;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Role;
import dev.latchkey.core.resource.RoleAssignment;
import dev.latchkey.core.resource.SecretCondition;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Who will be able to read the declared secrets, from what was seen of the vaults.
///
/// Knows the roles that Azure itself defines; what a role of somebody's own allows is not looked
/// up.
final class Readers {
  private final Snapshot snapshot;
  private final Map<ResourceId, Set<SecretName>> declared = new LinkedHashMap<>();
  private final Map<ResourceId, Seen> vaults = new LinkedHashMap<>();

  private Readers(List<ClusterPlan> clusters, Snapshot snapshot) {
    this.snapshot = snapshot;
    for (ClusterPlan cluster : clusters) {
      Target target = cluster.target();
      Seen seen = snapshot.of(target.name());
      if (seen.vault().isPresent()) {
        vaults.putIfAbsent(target.vault().vault(), seen);
        declared
            .computeIfAbsent(target.vault().vault(), _ -> new LinkedHashSet<>())
            .addAll(target.vault().names());
      }
    }
  }

  static Access of(List<ClusterPlan> clusters, Snapshot snapshot) {
    var readers = new Readers(clusters, snapshot);
    return new Access(
        clusters.stream().flatMap(cluster -> readers.added(cluster).stream()).toList(),
        readers.others(clusters));
  }

  private Optional<Added> added(ClusterPlan cluster) {
    Target target = cluster.target();
    if (!cluster.changes(Step.KEY_VAULT_ACCESS)) {
      return Optional.empty();
    }
    Seen seen = snapshot.of(target.name());
    List<SecretName> secrets =
        target.vault().names().stream().filter(secret -> !reads(target, seen, secret)).toList();
    String identity = target.identity().id(seen.cluster().orElseThrow().location()).name();
    return secrets.isEmpty()
        ? Optional.empty()
        : Optional.of(new Added(target.name(), identity, target.vault().vault(), secrets));
  }

  private static boolean reads(Target target, Seen seen, SecretName secret) {
    if (seen.identity().isEmpty()) {
      return false;
    }
    PrincipalId principal = seen.identity().get().principal();
    Vault vault = seen.vault().orElseThrow();
    return switch (vault.model()) {
      case POLICIES -> vault.readersByPolicy().stream().anyMatch(each -> same(each, principal));
      case ROLES ->
          seen.assignments().stream()
              .filter(held -> same(held.principal(), principal))
              .filter(held -> Role.reading(held.roleDefinitionId()).isPresent())
              .anyMatch(held -> covers(target.vault().vault(), held, secret));
    };
  }

  private List<Other> others(List<ClusterPlan> clusters) {
    Set<String> fleet =
        clusters.stream()
            .flatMap(cluster -> snapshot.of(cluster.target().name()).identity().stream())
            .map(identity -> key(identity.principal()))
            .collect(Collectors.toSet());
    var others = new ArrayList<Other>();
    vaults.forEach(
        (id, seen) -> {
          List<SecretName> secrets = List.copyOf(declared.getOrDefault(id, Set.of()));
          Vault vault = seen.vault().orElseThrow();
          others.addAll(
              switch (vault.model()) {
                case POLICIES -> byPolicy(vault, secrets);
                case ROLES -> byRole(id, seen.assignments(), secrets);
              });
        });
    return others.stream().filter(other -> !fleet.contains(key(other.principal()))).toList();
  }

  private static List<Other> byPolicy(Vault vault, List<SecretName> secrets) {
    return vault.readersByPolicy().stream()
        .map(
            reader ->
                new Other(
                    reader,
                    "access policy",
                    vault.id().text(),
                    "",
                    Bounds.NONE,
                    vault.id(),
                    secrets))
        .toList();
  }

  private static List<Other> byRole(
      ResourceId vault, List<RoleAssignment> assignments, List<SecretName> secrets) {
    var others = new ArrayList<Other>();
    for (RoleAssignment held : assignments) {
      List<SecretName> covered =
          secrets.stream().filter(secret -> mayCover(vault, held, secret)).toList();
      Role.reading(held.roleDefinitionId())
          .filter(_ -> !covered.isEmpty())
          .ifPresent(
              role ->
                  others.add(
                      new Other(
                          held.principal(),
                          role.title(),
                          held.scope(),
                          held.name(),
                          held.condition().isEmpty() ? Bounds.NONE : Bounds.CONDITION,
                          vault,
                          covered)));
    }
    return others;
  }

  /// Whether an assignment lets the secret be read, whatever else it lets be read.
  private static boolean covers(ResourceId vault, RoleAssignment held, SecretName secret) {
    boolean names =
        held.condition()
            .map(condition -> SecretCondition.secrets(condition).orElse(List.of()))
            .map(secrets -> secrets.contains(secret))
            .orElse(true);
    return names && covers(vault, held.scope(), secret);
  }

  /// A condition of another form than ours is not evaluated here: it may.
  private static boolean mayCover(ResourceId vault, RoleAssignment held, SecretName secret) {
    boolean mayName =
        held.condition()
            .flatMap(SecretCondition::secrets)
            .map(secrets -> secrets.contains(secret))
            .orElse(true);
    return mayName && covers(vault, held.scope(), secret);
  }

  /// Whether a scope is the secret, or anything that it inherits from. Azure names a vault's
  /// assignments only with scopes that are the vault's, below it or above it.
  private static boolean covers(ResourceId vault, String scope, SecretName secret) {
    String below = vault.key() + "/";
    String given = scope.toLowerCase(Locale.ROOT);
    return !given.startsWith(below) || given.equals(vault.child("secrets", secret.value()).key());
  }

  private static boolean same(PrincipalId one, PrincipalId other) {
    return key(one).equals(key(other));
  }

  private static String key(PrincipalId principal) {
    return principal.value().toLowerCase(Locale.ROOT);
  }
}
