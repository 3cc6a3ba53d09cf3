// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Limits;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Looks at the whole fleet before anything is changed: clusters, identities and each vault's
/// assignments by lists, the rest of each cluster side by side.
///
/// What cannot be looked at is remembered as a problem of the part that needs it, so that the other
/// clusters go on.
final class Observer {
  private final Ports ports;
  private final Limits limits;
  private final Steps steps;
  private final FirstContact contact;
  private final AtomicInteger looked = new AtomicInteger();

  Observer(Ports ports, Limits limits, Steps steps) {
    this.ports = ports;
    this.limits = limits;
    this.steps = steps;
    this.contact = new FirstContact(ports.time(), limits);
  }

  Snapshot look(Fleet fleet) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var look = new Look(threads, Crowd.behind(fleet, limits), clusters(fleet), identities(fleet));
      Map<ResourceId, Future<VaultSeen>> vaults = new HashMap<>();
      Map<ClusterName, Future<Seen>> looks = new HashMap<>();
      for (Target target : fleet.targets()) {
        Future<VaultSeen> vault =
            vaults.computeIfAbsent(
                target.vault().vault(), id -> threads.submit(() -> lookAtVault(id)));
        looks.put(target.name(), threads.submit(() -> counted(look.at(target, vault))));
      }
      Map<ClusterName, Seen> seen = new HashMap<>();
      for (var each : looks.entrySet()) {
        seen.put(each.getKey(), Looks.result(each.getValue()));
      }
      return new Snapshot(seen);
    }
  }

  private Seen counted(Seen seen) {
    looked.incrementAndGet();
    return seen;
  }

  /// How many clusters were looked at so far.
  int looked() {
    return looked.get();
  }

  private Sweep<ObservedCluster> clusters(Fleet fleet) {
    List<ResourceId> wanted = fleet.targets().stream().map(Target::cluster).toList();
    return new Sweep<>(Reads.clusters(ports.clusters()), ConcurrentHashMap.newKeySet(), wanted);
  }

  /// Where an identity is said to be does not depend on the location, only its name may.
  private Sweep<ManagedIdentity> identities(Fleet fleet) {
    List<ResourceId> wanted =
        fleet.targets().stream().map(target -> target.identity().id("anywhere")).toList();
    return new Sweep<>(Reads.identities(ports.identities()), ConcurrentHashMap.newKeySet(), wanted);
  }

  /// One look at the fleet.
  private final class Look {
    private final ExecutorService threads;
    private final Set<ClusterName> later;
    private final Sweep<ObservedCluster> clusters;
    private final Sweep<ManagedIdentity> identities;

    Look(
        ExecutorService threads,
        Set<ClusterName> later,
        Sweep<ObservedCluster> clusters,
        Sweep<ManagedIdentity> identities) {
      this.threads = threads;
      this.later = later;
      this.clusters = clusters;
      this.identities = identities;
    }

    /// The inside is looked at while Azure is asked for the rest and the chart is rendered.
    Seen at(Target target, Future<VaultSeen> vaultLook) throws InterruptedException {
      Map<Part, Problem> problems = new ConcurrentHashMap<>();
      Optional<ObservedCluster> cluster =
          part(problems, Part.CLUSTER, () -> clusters.find(target.cluster()));
      Future<Optional<Inside>> insideLook = threads.submit(() -> inside(target, cluster, problems));
      Optional<ManagedIdentity> identity =
          cluster.isEmpty()
              ? Optional.empty()
              : part(
                  problems,
                  Part.IDENTITY,
                  () -> identities.find(target.identity().id(cluster.get().location())));
      List<FederatedCredential> credentials =
          identity.isEmpty() ? List.of() : credentials(identity.get(), problems);
      VaultSeen vault = Looks.result(vaultLook);
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
      Optional<Inside> inside = Looks.result(insideLook);
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

    private Optional<Inside> inside(
        Target target, Optional<ObservedCluster> cluster, Map<Part, Problem> problems)
        throws InterruptedException {
      Optional<ObservedCluster> open =
          cluster
              .filter(there -> there.power() == Power.RUNNING)
              .filter(there -> there.trustsAccounts() || !later.contains(target.name()));
      return open.isPresent()
          ? part(problems, Part.INSIDE, () -> Optional.of(lookInside(target, open.get())))
          : Optional.empty();
    }

    private List<FederatedCredential> credentials(
        ManagedIdentity identity, Map<Part, Problem> problems) throws InterruptedException {
      return part(
              problems,
              Part.IDENTITY,
              () -> Optional.of(ports.identities().credentials(identity.id())))
          .orElse(List.of());
    }
  }

  private Optional<Rendered> render(Target target, Seen seen) {
    return Optional.of(
        ports
            .releases()
            .render(
                target.chart(), target.serviceAccount().namespace(), steps.values(target, seen)));
  }

  private Inside lookInside(Target target, ObservedCluster there) throws InterruptedException {
    Kubeconfig kubeconfig = ports.clusters().kubeconfig(target.cluster());
    return contact.with(there, () -> lookInside(target, kubeconfig));
  }

  private Inside lookInside(Target target, Kubeconfig kubeconfig) {
    String namespace = target.serviceAccount().namespace();
    try (Cluster cluster = ports.workloads().open(kubeconfig)) {
      NamespaceState state = cluster.namespace(namespace);
      List<Release> revisions =
          state == NamespaceState.ABSENT
              ? List.of()
              : ports.releases().history(kubeconfig, namespace, target.chart().release());
      return Inside.of(kubeconfig, state, revisions);
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

  private static <T> Optional<T> part(Map<Part, Problem> problems, Part part, Read<T> read)
      throws InterruptedException {
    try {
      return read.now();
    } catch (ProblemException e) {
      problems.put(part, e.problem());
      return Optional.empty();
    }
  }

  /// Asks for one part.
  private interface Read<T> {
    Optional<T> now() throws InterruptedException;
  }

  private record VaultSeen(
      Optional<Vault> vault, List<RoleAssignment> assignments, Optional<Problem> problem) {}
}
