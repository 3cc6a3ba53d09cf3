// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.CallerRights.Held;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Role;
import dev.latchkey.core.resource.RoleAssignment;
import dev.latchkey.core.snapshot.Snapshot;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether the caller may assign roles at the vaults where the plan makes some, looked for before
/// the first change. Where it may not, a cluster is left as it is: without access to its secrets
/// all else would be made in vain.
///
/// Asks once for each vault, and not at all where no role is assigned. Only what leaves no doubt
/// counts: where the look is refused, or could be read in two ways, the write itself is the proof.
final class Permits {
  private static final String ASSIGN = "Microsoft.Authorization/roleAssignments/write";

  private final Ports ports;
  private final Snapshot snapshot;

  Permits(Ports ports, Snapshot snapshot) {
    this.ports = ports;
    this.snapshot = snapshot;
  }

  /// The plan in which nothing is begun on clusters for which the right is missing.
  Plan within(Plan plan) {
    Set<ResourceId> vaults = new LinkedHashSet<>();
    plan.clusters().stream()
        .filter(cluster -> makes(cluster, Kind.ROLE_ASSIGNMENT))
        .filter(cluster -> !isGivenBelow(cluster))
        .forEach(cluster -> vaults.add(vault(cluster)));
    Map<ResourceId, Held> rights = Hints.of(vaults, ports.rights()::at);
    List<ClusterPlan> clusters =
        plan.clusters().stream().map(cluster -> within(cluster, rights)).toList();
    return new Plan(plan.fleet(), clusters, plan.access(), plan.quotas());
  }

  private static ClusterPlan within(ClusterPlan cluster, Map<ResourceId, Held> rights) {
    return Optional.ofNullable(rights.get(vault(cluster)))
        .filter(_ -> makes(cluster, Kind.ROLE_ASSIGNMENT))
        .filter(held -> held.lacks(ASSIGN))
        .map(held -> cluster.unbegun(Step.KEY_VAULT_ACCESS, missing(vault(cluster), held)))
        .orElse(cluster);
  }

  private static Problem missing(ResourceId vault, Held held) {
    return new AzureProblem.RightMissing(
        "Assigning roles at `" + vault.name() + "`", ASSIGN, vault, held.caller());
  }

  private static boolean makes(ClusterPlan cluster, Kind kind) {
    return cluster.changes().stream()
        .filter(Change.Create.class::isInstance)
        .anyMatch(change -> change.thing().kind() == kind);
  }

  /// Whether somebody holds a role at a secret that may be more than one to read it: rights that
  /// are given there do not show at the vault.
  private boolean isGivenBelow(ClusterPlan cluster) {
    String below = vault(cluster).key() + "/";
    return snapshot.of(cluster.target().name()).assignments().stream()
        .filter(held -> held.scope().toLowerCase(Locale.ROOT).startsWith(below))
        .map(RoleAssignment::roleDefinitionId)
        .anyMatch(role -> Role.reading(role).isEmpty());
  }

  private static ResourceId vault(ClusterPlan cluster) {
    return cluster.target().vault().vault();
  }
}
