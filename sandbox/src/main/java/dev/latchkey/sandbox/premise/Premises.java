// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

import dev.latchkey.sandbox.clock.Agenda;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.cloud.Cloud;
import dev.latchkey.sandbox.cluster.AzureResources;
import dev.latchkey.sandbox.cluster.ClusterView;
import dev.latchkey.sandbox.kubernetes.KubernetesClusters;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/// The premises that are set. One whose object is not there yet waits for it: it becomes true right
/// after the write that brings it. Safe for use by several threads.
public final class Premises {
  /// What the premises reach into.
  ///
  /// @param asOperator makes a request one of somebody who may do everything
  public record Reach(
      Cloud cloud,
      KubernetesClusters kubernetes,
      Agenda agenda,
      Seed seed,
      UnaryOperator<Ask> asOperator) {}

  /// One premise of one cluster.
  ///
  /// @param cluster the cluster's name
  public record Standing(Premise premise, String cluster) {}

  /// What came of a wish.
  public sealed interface Outcome {
    /// It is as wished.
    record Done() implements Outcome {}

    /// What the premise is about is not there yet; it becomes true when it is.
    record Waits() implements Outcome {}

    /// It was so before.
    record NothingToDo() implements Outcome {}

    /// No cluster has this name.
    record NoSuchCluster(List<String> known) implements Outcome {}
  }

  private static final Set<String> READS = Set.of("GET", "HEAD");

  private final AzureResources azure;
  private final Agenda agenda;
  private final IdentityMistakes identities;
  private final WorkloadMistakes workloads;
  private final AccessMistakes access;
  private final ClusterMistakes clusters;
  private final UnreachableIssuers unreachable;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Standing, Optional<Undo>> set = new LinkedHashMap<>();

  /// None is set.
  public Premises(Reach reach) {
    Cloud cloud = reach.cloud();
    this.azure = cloud.azure();
    this.agenda = reach.agenda();
    var stage =
        new Backstage(
            ask -> azure.backstage().answer(reach.asOperator().apply(ask)),
            azure.store(),
            azure.clusters(),
            reach.kubernetes());
    this.unreachable = new UnreachableIssuers(cloud.entra()::forget);
    this.identities = new IdentityMistakes(stage, cloud.directory(), reach.seed());
    this.workloads = new WorkloadMistakes(stage, reach.seed());
    this.access = new AccessMistakes(stage, cloud.secrets(), reach.seed());
    this.clusters = new ClusterMistakes(stage, workloads, unreachable, agenda, reach.seed());
  }

  /// Makes a premise true of a cluster, at once or as soon as it can be.
  public Outcome set(Premise premise, String clusterName) {
    return alone(
        () -> {
          Optional<ClusterView> cluster = cluster(clusterName);
          if (cluster.isEmpty()) {
            return new Outcome.NoSuchCluster(known());
          }
          var standing = new Standing(premise, cluster.get().name());
          if (set.containsKey(standing)) {
            return new Outcome.NothingToDo();
          }
          Optional<Undo> made = make(premise, cluster.get());
          set.put(standing, made);
          return made.isPresent() ? new Outcome.Done() : new Outcome.Waits();
        });
  }

  /// Makes it untrue again.
  public Outcome mend(Premise premise, String clusterName) {
    return alone(
        () -> {
          Optional<ClusterView> cluster = cluster(clusterName);
          if (cluster.isEmpty()) {
            return new Outcome.NoSuchCluster(known());
          }
          var standing = new Standing(premise, cluster.get().name());
          if (!set.containsKey(standing)) {
            return new Outcome.NothingToDo();
          }
          set.getOrDefault(standing, Optional.empty()).ifPresent(Undo::undo);
          set.remove(standing);
          return new Outcome.Done();
        });
  }

  /// Those that are set, in the order in which they were.
  public List<Standing> standing() {
    return alone(() -> List.copyOf(set.keySet()));
  }

  /// The service, with an eye on its writes: they may bring what a premise waits for.
  public Service watching(Service service) {
    return ask -> {
      Answer answer = service.answer(ask);
      if (answer.status() < 300 && !READS.contains(ask.method())) {
        agenda.soon(this::makeWaiting);
      }
      return answer;
    };
  }

  /// The documents of issuers, but those that nobody can fetch.
  public Service reachable(Service issuers) {
    return unreachable.before(issuers);
  }

  private void makeWaiting() {
    alone(
        () -> {
          set.replaceAll((standing, undo) -> undo.isPresent() ? undo : tried(standing));
          return set;
        });
  }

  private Optional<Undo> tried(Standing standing) {
    return cluster(standing.cluster()).flatMap(cluster -> make(standing.premise(), cluster));
  }

  private Optional<Undo> make(Premise premise, ClusterView cluster) {
    return switch (premise) {
      case IdentityPremise identity -> identities.make(identity, cluster);
      case WorkloadPremise workload -> workloads.make(workload, cluster);
      case AccessPremise way -> access.make(way, cluster);
      case ClusterPremise whole -> clusters.make(whole, cluster);
    };
  }

  private Optional<ClusterView> cluster(String name) {
    return azure.clusters().all().stream()
        .filter(each -> each.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private List<String> known() {
    return azure.clusters().all().stream().map(ClusterView::name).toList();
  }

  private interface Work<T> {
    T done();
  }

  private <T> T alone(Work<T> work) {
    lock.lock();
    try {
      return work.done();
    } finally {
      lock.unlock();
    }
  }
}
