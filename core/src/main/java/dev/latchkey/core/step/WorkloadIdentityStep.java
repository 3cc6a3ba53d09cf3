// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Management.Duty;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.plan.Value;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Issuers.Publication;
import dev.latchkey.core.port.ManagedClusters.Progress;
import dev.latchkey.core.port.ManagedClusters.Update;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.Issuer;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ObservedCluster.Feature;
import dev.latchkey.core.resource.ObservedCluster.Power;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.snapshot.Seen;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/// Step 1: the cluster's OIDC issuer and workload identity are on.
///
/// The issuer is made known with the first answer of the update, about two minutes before it ends,
/// so that steps 3 and 4 are done meanwhile.
final class WorkloadIdentityStep implements ClusterStep {
  private static final int ATTEMPTS = 3;

  private static final String NOTE =
      "restarts the API server once; the issuer cannot be switched off again; set both in Terraform"
          + " or Bicep too, if they own the cluster";

  @Override
  public Step step() {
    return Step.WORKLOAD_IDENTITY;
  }

  @Override
  public StepPlan plan(Target target, Seen seen) {
    ObservedCluster cluster = seen.cluster().orElseThrow();
    Thing thing = new Thing(Kind.CLUSTER, target.cluster().name());
    if (cluster.trustsAccounts()) {
      return StepPlan.of(step(), List.of(new Change.Keep(thing)));
    }
    if (target.manage().cluster() == Duty.REQUIRE) {
      return StepPlan.blocked(
          step(),
          new StepProblem.Required(
              thing,
              "OIDC issuer and workload identity on",
              "az aks update --ids %s --enable-oidc-issuer --enable-workload-identity"
                  .formatted(target.cluster())));
    }
    Settings before =
        Settings.of("OIDC issuer", Value.of(cluster.issuer().isPresent() ? "on" : "off"))
            .and("workload identity", Value.of(word(cluster.workloadIdentity())));
    Settings after =
        Settings.of("OIDC issuer", Value.of("on")).and("workload identity", Value.of("on"));
    return StepPlan.of(step(), List.of(new Change.Update(thing, before, after, NOTE)));
  }

  @Override
  public String apply(StepPlan plan, Work work) throws InterruptedException {
    if (!plan.changesSomething()) {
      return keep(work);
    }
    // What was planned on is written on; a refusal means that it is no longer so, then look again.
    var planned = new ArrayDeque<>(List.of(work.seen().cluster().orElseThrow()));
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<Updated> updated = PatientUpdate.of(work, () -> update(work, planned));
      if (updated.isEmpty()) {
        return takeOver(work);
      }
      if (!isSuperseded(updated.get().after())) {
        return finish(plan, work, updated.get());
      }
    }
    throw superseded(work.target().cluster());
  }

  /// An update, and the cluster after it.
  private record Updated(Update update, ObservedCluster after) {}

  /// Begins an update and waits for its end; empty when the cluster needs none any more.
  private static Optional<Updated> update(Work work, Queue<ObservedCluster> planned)
      throws InterruptedException {
    Optional<Update> begun =
        work.pace()
            .retry(
                Lag.CLUSTER_BUSY,
                () ->
                    begin(
                        work, Optional.ofNullable(planned.poll()).orElseGet(() -> observe(work))));
    return begun.isEmpty()
        ? Optional.empty()
        : Optional.of(new Updated(begun.get(), follow(work, begun.get())));
  }

  private static ObservedCluster follow(Work work, Update update) throws InterruptedException {
    update.issuer().ifPresent(issuer -> work.facts().settle(new Known.Announced(issuer)));
    return work.watch().until(Lag.CLUSTER_UPDATING, now -> ended(work, update, now));
  }

  /// AKS ends an update as done even if another writer's has undone it meanwhile.
  private static boolean isSuperseded(ObservedCluster after) {
    return after.issuer().isPresent() && !after.trustsAccounts();
  }

  private static ProblemException superseded(ResourceId cluster) {
    var answer =
        new AzureAnswer(
            409,
            "NotLatestOperation",
            "The update ended, and workload identity is off: another writer keeps undoing it.",
            "");
    return new ProblemException(new StepProblem.UpdateFailed(cluster, answer));
  }

  private static String finish(StepPlan plan, Work work, Updated updated)
      throws InterruptedException {
    ObservedCluster after = updated.after();
    Issuer issuer = named(work, after);
    Optional<Issuer> announced = updated.update().issuer();
    if (announced.isPresent() && !announced.get().equals(issuer)) {
      throw new ProblemException(
          new StepProblem.IssuerChanged(work.target().name(), announced.get(), issuer));
    }
    work.changed(plan.changes().getFirst());
    tellOfPools(work, after);
    work.facts().settle(new Known.Announced(issuer));
    awaitPublication(work, issuer);
    work.facts().settle(new Known.ClusterUpdated(after, Optional.of(work.ports().time().now())));
    return "API server restarted";
  }

  /// The issuer of an updated cluster. Replicas of ARM differ: who looks right after the end may
  /// still see the cluster as it was.
  private static Issuer named(Work work, ObservedCluster after) throws InterruptedException {
    Optional<Issuer> seen = after.issuer();
    return (seen.isPresent()
            ? seen
            : work.pace().attempt(Lag.ISSUER_NOT_YET_PUBLISHED, () -> observe(work).issuer()))
        .orElseThrow(() -> new ProblemException(new StepProblem.IssuerNotAnnounced(after.id())));
  }

  private static String keep(Work work) throws InterruptedException {
    ObservedCluster seen = work.seen().cluster().orElseThrow();
    Issuer issuer = seen.issuer().orElseThrow();
    work.facts().settle(new Known.Announced(issuer));
    if (seen.operation().isEmpty()) {
      work.facts().settle(new Known.ClusterUpdated(seen, Optional.empty()));
      return "";
    }
    ObservedCluster idle =
        work.watch()
            .until(
                Lag.CLUSTER_BUSY,
                now -> Optional.of(now).filter(each -> each.operation().isEmpty()));
    awaitPublication(work, issuer);
    // The operation may be the update of a run that was cut off: pods can be older than its end.
    Instant end = work.ports().time().now();
    work.facts().settle(new Known.ClusterUpdated(idle, Optional.of(end)));
    return "waited for " + seen.operation().get();
  }

  /// Another run, or an earlier request of this one whose answer was lost, switched it on.
  private static String takeOver(Work work) throws InterruptedException {
    ObservedCluster on = observe(work);
    Issuer issuer = on.issuer().orElseThrow();
    work.facts().settle(new Known.Announced(issuer));
    awaitPublication(work, issuer);
    Instant end = work.ports().time().now();
    work.facts().settle(new Known.ClusterUpdated(on, Optional.of(end)));
    return "was enabled meanwhile";
  }

  /// The update; empty when the cluster needs none any more.
  private static Optional<Update> begin(Work work, ObservedCluster now) {
    if (now.trustsAccounts()) {
      work.facts().settle(new Known.Announced(now.issuer().orElseThrow()));
    }
    if (now.power() == Power.STOPPED) {
      throw new ProblemException(new StepProblem.ClusterNotRunning(now.id(), "stopped"));
    }
    now.operation()
        .ifPresent(
            operation -> {
              throw busy(now.id(), operation);
            });
    return now.trustsAccounts()
        ? Optional.empty()
        : Optional.of(work.ports().clusters().enableWorkloadIdentity(now.id(), now));
  }

  private static ObservedCluster observe(Work work) {
    ResourceId id = work.target().cluster();
    return work.ports()
        .clusters()
        .find(id)
        .orElseThrow(() -> new ProblemException(new StepProblem.ClusterMissing(id)));
  }

  private static ProblemException busy(ResourceId cluster, String operation) {
    var answer =
        new AzureAnswer(
            409,
            "OperationNotAllowed",
            "Another operation (%s) is in progress on %s.".formatted(operation, cluster.name()),
            "");
    return new ProblemException(new AzureProblem.Refused("Switching workload identity on", answer));
  }

  /// The cluster after the update; empty while it runs.
  ///
  /// What many clusters are listed by may lag behind, and says of a failure only that it is one:
  /// then the operation itself is asked.
  private static Optional<ObservedCluster> ended(Work work, Update update, ObservedCluster now) {
    if (!ObservedCluster.terminal(now.state())) {
      return Optional.empty();
    }
    if (now.state().equals("Succeeded") && now.trustsAccounts()) {
      return Optional.of(now);
    }
    return switch (work.ports().clusters().progress(update.operation())) {
      case Progress.Running _ -> Optional.empty();
      case Progress.Done _ -> Optional.of(observe(work));
      case Progress.Failed failed ->
          throw new ProblemException(
              new StepProblem.UpdateFailed(work.target().cluster(), failed.answer()));
    };
  }

  /// Entra reads the issuer's documents, so the chart is not started before they answer.
  private static void awaitPublication(Work work, Issuer issuer) throws InterruptedException {
    work.pace()
        .until(
            Lag.ISSUER_NOT_YET_PUBLISHED,
            () ->
                switch (work.ports().issuers().look(issuer)) {
                  case PUBLISHED -> Optional.of(Publication.PUBLISHED);
                  case NOT_PUBLISHED -> Optional.empty();
                  case UNREACHABLE -> {
                    work.found("the issuer cannot be reached from here: " + issuer);
                    yield Optional.of(Publication.UNREACHABLE);
                  }
                });
  }

  /// The cluster's etag does not cover its pools, so they are compared.
  private static void tellOfPools(Work work, ObservedCluster after) {
    work.seen().cluster().orElseThrow().pools().stream()
        .filter(before -> before.autoscaling() == Feature.OFF)
        .forEach(
            before ->
                after.pools().stream()
                    .filter(pool -> pool.name().equals(before.name()))
                    .filter(pool -> pool.count() != before.count())
                    .forEach(
                        pool ->
                            work.found(
                                "the pool %s had %d nodes before the update and has %d now"
                                    .formatted(pool.name(), before.count(), pool.count()))));
  }

  private static String word(Feature feature) {
    return switch (feature) {
      case ON -> "on";
      case OFF -> "off";
    };
  }
}
