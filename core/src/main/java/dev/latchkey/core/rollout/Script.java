// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.rollout;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.VaultAccess;
import dev.latchkey.core.gate.Call;
import dev.latchkey.core.gate.Call.Kind;
import dev.latchkey.core.gate.Call.Owner;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Fact;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.rollout.Ended.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What each step of a cluster will ask for and wait for, told by its plan.
///
/// @param steps of each step that is begun, in the order in which it does them; a step that is
///   blocked, or that needs what a blocked one would have made known, is not begun
/// @param trace what the application runs on the cluster afterwards: a release that is kept was
///   watched when it was written
record Script(Map<Step, List<Act>> steps, Trace trace) {
  /// How long Helm works on a release, and API servers on the look before it.
  private static final Duration HELM = Duration.ofSeconds(3);

  /// How long a walk of the trust chain takes beside the requests that are counted.
  private static final Duration WALK = Duration.ofSeconds(2);

  /// A fleet has one tenant.
  private static final String TENANT = "";

  /// Proofs want two successes in a row.
  private static final int ATTEMPTS = 2;

  Script {
    steps = Map.copyOf(steps);
  }

  /// The script of one cluster.
  ///
  /// @param stretch how many times as long as usual its update takes
  /// @param clusters how many the run has: a single one has no token of another to try
  static Script of(ClusterPlan plan, Limits limits, double stretch, int clusters) {
    var writer = new Writer(plan, limits, stretch, clusters);
    var steps = new EnumMap<Step, List<Act>>(Step.class);
    var lost = EnumSet.noneOf(Fact.class);
    for (Step step : Step.values()) {
      Optional<StepPlan> mine = plan.step(step).filter(each -> each.obstacle().isEmpty());
      if (mine.isPresent() && Collections.disjoint(step.needed(), lost)) {
        steps.put(step, writer.acts(step, mine.get()));
      } else {
        lost.addAll(step.given());
      }
    }
    boolean released = steps.containsKey(Step.HELM_RELEASE) && plan.changes(Step.HELM_RELEASE);
    return new Script(steps, released ? new Trace.Made() : new Trace.Untouched());
  }

  private record Writer(ClusterPlan plan, Limits limits, double stretch, int clusters) {
    List<Act> acts(Step step, StepPlan mine) {
      List<Change> changes = mine.changes().stream().filter(Change::changes).toList();
      return switch (step) {
        case WORKLOAD_IDENTITY -> workloadIdentity(changes);
        case MANAGED_IDENTITY -> written(changes, identity(Kind.WRITE), Fact.IDENTITY);
        case FEDERATED_CREDENTIAL -> written(changes, identity(Kind.WRITE), Fact.CREDENTIAL);
        case KEY_VAULT_ACCESS -> written(changes, access(), Fact.ACCESS);
        case HELM_RELEASE -> release(changes);
        case VERIFICATION -> verification();
      };
    }

    /// The issuer is known with the update's first answer.
    private List<Act> workloadIdentity(List<Change> changes) {
      var acts = new ArrayList<Act>();
      if (!changes.isEmpty()) {
        acts.add(new Act.Order(kubeconfig(plan)));
        acts.add(new Act.Ask(cluster(Kind.READ)));
        acts.add(new Act.Ask(cluster(Kind.WRITE)));
      }
      acts.add(new Act.Tell(Fact.ISSUER));
      if (!changes.isEmpty()) {
        acts.add(new Act.Take(stretched(limits.wait(Lag.CLUSTER_UPDATING).usual())));
      }
      acts.add(new Act.Tell(Fact.CLUSTER_UPDATED));
      return acts;
    }

    private static List<Act> written(List<Change> changes, Call call, Fact fact) {
      var acts = new ArrayList<Act>();
      changes.forEach(_ -> acts.add(new Act.Ask(call)));
      acts.add(new Act.Tell(fact));
      return acts;
    }

    private List<Act> release(List<Change> changes) {
      var acts = new ArrayList<Act>();
      if (plan.changes(Step.FEDERATED_CREDENTIAL) && !changes.isEmpty()) {
        acts.add(new Act.Settle(Fact.CREDENTIAL, limits.wait(Lag.CREDENTIAL_SETTLING).usual()));
      }
      acts.add(new Act.Await(kubeconfig(plan)));
      if (!changes.isEmpty()) {
        if (plan.changes(Step.WORKLOAD_IDENTITY)) {
          Duration usual = limits.wait(Lag.WEBHOOK_NOT_YET_SERVING).usual();
          acts.add(new Act.Settle(Fact.CLUSTER_UPDATED, usual));
        }
        acts.add(new Act.Take(HELM));
      }
      acts.add(new Act.Tell(Fact.RELEASE));
      return acts;
    }

    private List<Act> verification() {
      var acts = new ArrayList<Act>();
      if (plan.changes(Step.HELM_RELEASE)) {
        acts.add(new Act.Take(limits.wait(Lag.ROLLOUT).usual()));
      }
      if (plan.changes(Step.KEY_VAULT_ACCESS)) {
        acts.add(new Act.Settle(Fact.ACCESS, limits.wait(Lag.ROLE_NOT_YET_HONOURED).usual()));
      }
      acts.add(new Act.Take(WALK));
      proofs().forEach(call -> acts.add(new Act.Ask(call)));
      acts.add(new Act.Tell(Fact.PROOF));
      return acts;
    }

    /// What must not work is tried once, and only when access changed.
    private List<Call> proofs() {
      VaultAccess access = plan.target().vault();
      var exchange = new Call(Owner.TOKENS, Kind.ACTION, TENANT, "");
      var secret = new Call(Owner.VAULT, Kind.READ, access.vault().name(), "");
      var calls = new ArrayList<>(Collections.nCopies(ATTEMPTS, exchange));
      calls.addAll(Collections.nCopies(ATTEMPTS * access.names().size(), secret));
      if (plan.changes(Step.KEY_VAULT_ACCESS) || plan.changes(Step.FEDERATED_CREDENTIAL)) {
        if (access.means() != VaultAccess.Means.POLICY) {
          calls.add(secret);
        }
        if (clusters > 1) {
          calls.add(exchange);
        }
      }
      return calls;
    }

    private Duration stretched(Duration usual) {
      return Duration.ofNanos((long) (usual.toNanos() * stretch));
    }

    private Call cluster(Kind kind) {
      var id = plan.target().cluster();
      return new Call(Owner.CLUSTERS, kind, id.subscription(), id.text());
    }

    /// Its name may hold the cluster's location, so the cluster stands for it.
    private Call identity(Kind kind) {
      Target target = plan.target();
      return new Call(
          Owner.IDENTITIES, kind, target.identity().subscription(), target.cluster().text());
    }

    private Call access() {
      return new Call(
          Owner.RESOURCES, Kind.WRITE, plan.target().vault().vault().subscription(), "");
    }
  }

  /// What is looked at of one cluster before anything is changed.
  static List<Call> look(ClusterPlan plan) {
    var calls = new ArrayList<Call>();
    Target target = plan.target();
    if (plan.step(Step.MANAGED_IDENTITY).filter(Script::isThere).isPresent()) {
      calls.add(
          new Call(
              Owner.IDENTITIES,
              Kind.LIST,
              target.identity().subscription(),
              target.cluster().text()));
    }
    boolean isOn =
        plan.step(Step.WORKLOAD_IDENTITY).filter(step -> !step.changesSomething()).isPresent();
    if (isOn && plan.step(Step.HELM_RELEASE).isPresent()) {
      calls.add(kubeconfig(plan));
    }
    return calls;
  }

  private static Call kubeconfig(ClusterPlan plan) {
    return new Call(Owner.CLUSTERS, Kind.ACTION, plan.target().cluster().subscription(), "");
  }

  private static boolean isThere(StepPlan step) {
    return step.changes().stream()
        .noneMatch(
            change ->
                change instanceof Change.Create && change.thing().kind() == Thing.Kind.IDENTITY);
  }
}
