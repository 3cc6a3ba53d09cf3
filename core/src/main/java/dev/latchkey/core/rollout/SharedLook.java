// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.rollout;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Call;
import dev.latchkey.core.gate.Call.Kind;
import dev.latchkey.core.gate.Call.Owner;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.resource.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What is asked before the first change, once for all the clusters that share a subscription or a
/// vault: lists of what is there, and what would refuse the changes.
final class SharedLook {
  private final Map<String, Call> calls = new LinkedHashMap<>();

  private SharedLook() {}

  static List<Call> of(Plan plan) {
    var look = new SharedLook();
    plan.clusters().forEach(look::present);
    plan.clusters().forEach(look::refusals);
    return new ArrayList<>(look.calls.values());
  }

  private void present(ClusterPlan cluster) {
    Target target = cluster.target();
    ResourceId vault = target.vault().vault();
    String clusters = target.cluster().subscription();
    String identities = target.identity().subscription();
    ask("clusters " + clusters, new Call(Owner.CLUSTERS, Kind.LIST, clusters, ""));
    ask("identities " + identities, new Call(Owner.IDENTITIES, Kind.LIST, identities, ""));
    ask("vault " + vault.key(), resources(Kind.READ, vault.subscription()));
    ask("assignments " + vault.key(), resources(Kind.LIST, vault.subscription()));
  }

  private void refusals(ClusterPlan cluster) {
    Target target = cluster.target();
    ResourceId vault = target.vault().vault();
    String identities = target.identity().subscription();
    if (cluster.changes(Step.WORKLOAD_IDENTITY)) {
      locks(target.cluster().subscription());
    }
    if (cluster.changes(Step.MANAGED_IDENTITY) || cluster.changes(Step.FEDERATED_CREDENTIAL)) {
      locks(identities);
    }
    if (!cluster.made(Thing.Kind.IDENTITY).isEmpty()) {
      ask("provider " + identities, resources(Kind.READ, identities));
    }
    if (!cluster.made(Thing.Kind.ROLE_ASSIGNMENT).isEmpty()) {
      ask("rights " + vault.key(), resources(Kind.READ, vault.subscription()));
      ask("count " + vault.subscription(), resources(Kind.LIST, vault.subscription()));
    }
    if (cluster.changes(Step.KEY_VAULT_ACCESS)) {
      locks(vault.subscription());
      target
          .vault()
          .names()
          .forEach(
              secret ->
                  ask(
                      "secret %s %s".formatted(vault.key(), secret),
                      resources(Kind.READ, vault.subscription())));
    }
  }

  private void locks(String subscription) {
    ask("locks " + subscription, resources(Kind.LIST, subscription));
  }

  private void ask(String question, Call call) {
    calls.putIfAbsent(question.toLowerCase(Locale.ROOT), call);
  }

  private static Call resources(Kind kind, String subscription) {
    return new Call(Owner.RESOURCES, kind, subscription, "");
  }
}
