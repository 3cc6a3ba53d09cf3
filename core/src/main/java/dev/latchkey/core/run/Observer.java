// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.port.Releases.Rendered;
import dev.latchkey.core.port.Workloads.Cluster;
import dev.latchkey.core.port.Workloads.NamespaceState;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.FederatedCredential;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ObservedCluster.Power;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.RoleAssignment;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Seen.Inside;
import dev.latchkey.core.snapshot.Seen.Part;
import dev.latchkey.core.snapshot.Snapshot;
import dev.latchkey.core.step.Steps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// Looks at the whole fleet before anything is changed: each vault once, each cluster side by side.
///
/// What cannot be looked at is remembered as a problem of the part that needs it, so that the other
/// clusters go on.
final class Observer {
  private final Ports ports;
  private final Steps steps;

  Observer(Ports ports, Steps steps) {
    this.ports = ports;
    this.steps = steps;
  }

  Snapshot look(Fleet fleet) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<ResourceId, Future<VaultSeen>> vaults = new HashMap<>();
      Map<ClusterName, Future<Seen>> looks = new HashMap<>();
      for (Target target : fleet.targets()) {
        Future<VaultSeen> vault =
            vaults.computeIfAbsent(
                target.vault().vault(), id -> threads.submit(() -> lookAtVault(id)));
        looks.put(target.name(), threads.submit(() -> look(target, vault, threads)));
      }
      Map<ClusterName, Seen> seen = new HashMap<>();
      for (var look : looks.entrySet()) {
        seen.put(look.getKey(), result(look.getValue()));
      }
      return new Snapshot(seen);
    }
  }

  /// The inside is looked at while Azure is asked for the rest and the chart is rendered.
  private Seen look(Target target, Future<VaultSeen> vaultLook, ExecutorService threads)
      throws InterruptedException {
    Map<Part, Problem> problems = new ConcurrentHashMap<>();
    Optional<ObservedCluster> cluster =
        part(problems, Part.CLUSTER, () -> ports.clusters().find(target.cluster()));
    Future<Optional<Inside>> insideLook =
        threads.submit(
            () ->
                cluster
                    .filter(there -> there.power() == Power.RUNNING)
                    .flatMap(there -> part(problems, Part.INSIDE, () -> lookInside(target))));
    Optional<ManagedIdentity> identity =
        cluster.flatMap(
            there ->
                part(
                    problems,
                    Part.IDENTITY,
                    () -> ports.identities().find(target.identity().id(there.location()))));
    List<FederatedCredential> credentials =
        identity
            .flatMap(
                there ->
                    part(
                        problems,
                        Part.IDENTITY,
                        () -> Optional.of(ports.identities().credentials(there.id()))))
            .orElse(List.of());
    VaultSeen vault = result(vaultLook);
    vault.problem().ifPresent(problem -> problems.put(Part.VAULT, problem));
    Seen outside =
        new Seen(
            cluster,
            identity,
            credentials,
            vault.vault(),
            vault.assignments(),
            Optional.empty(),
            Optional.empty(),
            problems);
    Optional<Rendered> chart = part(problems, Part.CHART, () -> render(target, outside));
    Optional<Inside> inside = result(insideLook);
    return new Seen(
        cluster,
        identity,
        credentials,
        vault.vault(),
        vault.assignments(),
        inside,
        chart,
        problems);
  }

  private Optional<Rendered> render(Target target, Seen seen) {
    return Optional.of(
        ports
            .releases()
            .render(
                target.chart(), target.serviceAccount().namespace(), steps.values(target, seen)));
  }

  private Optional<Inside> lookInside(Target target) {
    Kubeconfig kubeconfig = ports.clusters().kubeconfig(target.cluster());
    String namespace = target.serviceAccount().namespace();
    try (Cluster cluster = ports.workloads().open(kubeconfig)) {
      NamespaceState state = cluster.namespace(namespace);
      Optional<Release> release =
          state == NamespaceState.ABSENT
              ? Optional.empty()
              : ports.releases().newest(kubeconfig, namespace, target.chart().release());
      return Optional.of(new Inside(kubeconfig, state, release));
    }
  }

  private VaultSeen lookAtVault(ResourceId id) {
    try {
      Optional<Vault> vault = ports.vaults().find(id);
      List<RoleAssignment> assignments = vault.isPresent() ? ports.roles().at(id) : List.of();
      return new VaultSeen(vault, assignments, Optional.empty());
    } catch (ProblemException e) {
      return new VaultSeen(Optional.empty(), List.of(), Optional.of(e.problem()));
    }
  }

  private static <T> Optional<T> part(
      Map<Part, Problem> problems, Part part, Supplier<Optional<T>> look) {
    try {
      return look.get();
    } catch (ProblemException e) {
      problems.put(part, e.problem());
      return Optional.empty();
    }
  }

  private static <T> T result(Future<T> look) throws InterruptedException {
    try {
      return look.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a look ends in a problem, never otherwise", e.getCause());
    }
  }

  private record VaultSeen(
      Optional<Vault> vault, List<RoleAssignment> assignments, Optional<Problem> problem) {}
}
