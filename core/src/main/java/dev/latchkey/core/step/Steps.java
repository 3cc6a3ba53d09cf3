// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ObservedCluster.Power;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The six steps in order; what they will do is a function of what is wanted and what was seen.
public final class Steps {
  /// Stands for a client id or tenant id while there is no identity, to render the chart.
  static final String STAND_IN = "00000000-0000-0000-0000-000000000000";

  private final String authorityHost;
  private final List<ClusterStep> steps;
  private final HelmReleaseStep release;
  private final ClusterStep proof;
  private final RollBack rollBack;
  private final HealthCheck healthCheck = new HealthCheck();

  /// The steps of a run.
  ///
  /// @param authorityHost where apps sign in, with the slash at the end
  /// @param probe a name that no secret has, to show that undeclared secrets are refused
  public Steps(String authorityHost, String probe) {
    this.authorityHost = authorityHost;
    this.release = new HelmReleaseStep(authorityHost);
    this.steps =
        List.of(
            new WorkloadIdentityStep(),
            new ManagedIdentityStep(),
            new FederatedCredentialStep(),
            new KeyVaultAccessStep(),
            release,
            new VerificationStep(probe, Occasion.DEPLOYMENT));
    this.proof = new VerificationStep(probe, Occasion.PROOF);
    this.rollBack = new RollBack(probe);
  }

  /// All steps, in order.
  public List<ClusterStep> all() {
    return steps;
  }

  /// Step 6 alone, which also asks what must be refused: `verify`.
  public ClusterStep proof() {
    return proof;
  }

  /// What brings a release back that this run changed in vain.
  public RollBack rollBack() {
    return rollBack;
  }

  /// Whether what was deployed still serves.
  public HealthCheck healthCheck() {
    return healthCheck;
  }

  /// What will be done.
  public Plan plan(Fleet fleet, Snapshot snapshot) {
    Map<ResourceId, List<ClusterName>> owners = owners(fleet, snapshot);
    List<ClusterPlan> clusters =
        fleet.targets().stream()
            .map(target -> plan(target, snapshot.of(target.name()), owners))
            .toList();
    return new Plan(fleet, clusters, Readers.of(clusters, snapshot), List.of());
  }

  /// Which clusters ask for an identity. A file cannot tell where names hold `{location}`.
  private static Map<ResourceId, List<ClusterName>> owners(Fleet fleet, Snapshot snapshot) {
    var owners = new HashMap<ResourceId, List<ClusterName>>();
    for (Target target : fleet.targets()) {
      identity(target, snapshot.of(target.name()))
          .ifPresent(id -> owners.computeIfAbsent(id, _ -> new ArrayList<>()).add(target.name()));
    }
    return owners;
  }

  private static Optional<ResourceId> identity(Target target, Seen seen) {
    return seen.cluster().map(cluster -> target.identity().id(cluster.location()));
  }

  /// The values to render the chart with: the real ones as far as they are known.
  public ChartValues values(Target target, Seen seen) {
    String vaultUri = seen.vault().map(vault -> vault.uri()).orElse("https://vault.example/");
    return HandedOver.values(
        target,
        seen.identity().map(identity -> identity.client().value()).orElse(STAND_IN),
        seen.identity().map(identity -> identity.tenant().value()).orElse(STAND_IN),
        authorityHost,
        vaultUri);
  }

  /// Whether the release would be left alone, as far as Helm's record of it tells.
  public boolean keepsRelease(Target target, Seen seen) {
    return release.keeps(target, seen);
  }

  /// Whether a revision of the release would be followed by one of which all is known.
  public boolean replacesRelease(Target target, Seen seen) {
    return release.replaces(target, seen);
  }

  private ClusterPlan plan(Target target, Seen seen, Map<ResourceId, List<ClusterName>> owners) {
    Problem blind = seen.problems().get(Seen.Part.CLUSTER);
    if (blind != null) {
      return blocked(target, blind);
    }
    if (seen.cluster().isEmpty()) {
      return blocked(target, new StepProblem.ClusterMissing(target.cluster()));
    }
    Optional<String> idle = notRunning(seen.cluster().get());
    if (idle.isPresent()) {
      return switch (target.presence()) {
        case OPTIONAL -> new ClusterPlan(target, idle.map("the cluster is "::concat), Map.of());
        case REQUIRED ->
            blocked(target, new StepProblem.ClusterNotRunning(target.cluster(), idle.get()));
      };
    }
    ResourceId identity = identity(target, seen).orElseThrow();
    List<ClusterName> sharers = owners.getOrDefault(identity, List.of());
    if (sharers.size() > 1) {
      var shared = new StepProblem.IdentityShared(identity, sharers);
      StepPlan blocked = StepPlan.blocked(Step.MANAGED_IDENTITY, shared);
      return new ClusterPlan(target, Optional.empty(), Map.of(Step.MANAGED_IDENTITY, blocked));
    }
    var plans = new EnumMap<Step, StepPlan>(Step.class);
    steps.forEach(step -> plans.put(step.step(), step.plan(target, seen)));
    var plan = new ClusterPlan(target, Optional.empty(), plans);
    // access to what nothing can be deployed to is of no use
    return seen.problems().get(Seen.Part.INSIDE) instanceof StepProblem.ApiServerUnreachable silent
        ? plan.unbegun(Step.HELM_RELEASE, silent)
        : plan;
  }

  /// A cluster on which nothing can be done: step 1 says why, and nothing is begun.
  private static ClusterPlan blocked(Target target, Problem problem) {
    return new ClusterPlan(
        target,
        Optional.empty(),
        Map.of(Step.WORKLOAD_IDENTITY, StepPlan.blocked(Step.WORKLOAD_IDENTITY, problem)));
  }

  private static Optional<String> notRunning(ObservedCluster cluster) {
    if (cluster.power() == Power.STOPPED) {
      return Optional.of("stopped");
    }
    return cluster.state().equals("Deleting") ? Optional.of("being deleted") : Optional.empty();
  }
}
