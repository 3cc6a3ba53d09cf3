// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.VaultAccess;
import dev.latchkey.core.plan.Access;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.Lock;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.snapshot.Snapshot;
import dev.latchkey.core.step.StepProblem;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What would refuse the changes of a plan, looked for before the first of them: locks, and secrets
/// that a vault does not have.
///
/// Asks once for each subscription in which something changes, and once for each secret of a vault
/// at which access changes; a plan that changes nothing costs nothing. A look that is refused shows
/// nothing: the change itself then meets what is in its way.
final class Barriers {
  private static final List<Step> IN_AZURE =
      List.of(
          Step.WORKLOAD_IDENTITY,
          Step.MANAGED_IDENTITY,
          Step.FEDERATED_CREDENTIAL,
          Step.KEY_VAULT_ACCESS);

  private final Ports ports;
  private final Snapshot snapshot;

  Barriers(Ports ports, Snapshot snapshot) {
    this.ports = ports;
    this.snapshot = snapshot;
  }

  /// The plan without the changes that would be refused; each step says why.
  Plan within(Plan plan) {
    List<Lock> locks = locks(plan);
    Map<ResourceId, List<SecretName>> missing = missing(plan);
    List<ClusterPlan> clusters =
        plan.clusters().stream().map(cluster -> within(cluster, locks, missing)).toList();
    Set<ClusterName> kept = new HashSet<>();
    clusters.stream()
        .filter(cluster -> cluster.changes(Step.KEY_VAULT_ACCESS))
        .forEach(cluster -> kept.add(cluster.target().name()));
    List<Access.Added> added =
        plan.access().added().stream().filter(reader -> kept.contains(reader.cluster())).toList();
    return new Plan(
        plan.fleet(), clusters, new Access(added, plan.access().others()), plan.quotas());
  }

  private ClusterPlan within(
      ClusterPlan cluster, List<Lock> locks, Map<ResourceId, List<SecretName>> missing) {
    ClusterPlan left = cluster;
    for (Step step : IN_AZURE) {
      Optional<Problem> barrier =
          cluster.changes(step)
              ? locked(cluster, step, locks).or(() -> missing(cluster, step, missing))
              : Optional.empty();
      if (barrier.isPresent()) {
        left = left.blocked(step, barrier.get());
      }
    }
    return left;
  }

  private Optional<Problem> locked(ClusterPlan cluster, Step step, List<Lock> locks) {
    return written(cluster, step).stream()
        .flatMap(
            resource ->
                locks.stream()
                    .filter(lock -> lock.forbids(resource))
                    .map(lock -> new StepProblem.ScopeLocked(resource, lock)))
        .map(Problem.class::cast)
        .findFirst();
  }

  private static Optional<Problem> missing(
      ClusterPlan cluster, Step step, Map<ResourceId, List<SecretName>> missing) {
    VaultAccess access = cluster.target().vault();
    List<SecretName> absent =
        access.names().stream()
            .filter(missing.getOrDefault(access.vault(), List.of())::contains)
            .toList();
    return step == Step.KEY_VAULT_ACCESS && !absent.isEmpty()
        ? Optional.of(new StepProblem.SecretsMissing(access.vault(), absent))
        : Optional.empty();
  }

  /// What a step writes, in Azure's ids.
  private List<ResourceId> written(ClusterPlan cluster, Step step) {
    Target target = cluster.target();
    return switch (step) {
      case WORKLOAD_IDENTITY -> List.of(target.cluster());
      case MANAGED_IDENTITY, FEDERATED_CREDENTIAL ->
          snapshot.of(target.name()).cluster().stream()
              .map(there -> target.identity().id(there.location()))
              .toList();
      case KEY_VAULT_ACCESS ->
          target.vault().means() == VaultAccess.Means.ROLES
              ? target.vault().names().stream().map(target.vault()::scope).toList()
              : List.of(target.vault().vault());
      case HELM_RELEASE, VERIFICATION -> List.of();
    };
  }

  private List<Lock> locks(Plan plan) {
    Set<String> subscriptions = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (ClusterPlan cluster : plan.clusters()) {
      IN_AZURE.stream()
          .filter(step -> cluster.changes(step))
          .flatMap(step -> written(cluster, step).stream())
          .forEach(resource -> subscriptions.add(resource.subscription()));
    }
    return Hints.of(subscriptions, id -> ports.locks().readOnly(id)).values().stream()
        .flatMap(List::stream)
        .toList();
  }

  private Map<ResourceId, List<SecretName>> missing(Plan plan) {
    Map<ResourceId, Set<SecretName>> wanted = new LinkedHashMap<>();
    plan.clusters().stream()
        .filter(cluster -> cluster.changes(Step.KEY_VAULT_ACCESS))
        .map(cluster -> cluster.target().vault())
        .forEach(
            access ->
                wanted
                    .computeIfAbsent(access.vault(), _ -> new LinkedHashSet<>())
                    .addAll(access.names()));
    return Hints.of(
        wanted.keySet(),
        vault -> ports.vaults().missing(vault, List.copyOf(wanted.getOrDefault(vault, Set.of()))));
  }
}
