// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.plan.Access;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Quota;
import dev.latchkey.core.plan.Quota.Standing;
import dev.latchkey.core.plan.Quota.Used;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.port.RoleAssignments;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.step.StepProblem;
import java.util.Map;
import java.util.TreeMap;

/// Whether the role assignments of a plan fit into their subscriptions. Asks once for each
/// subscription in which some are made, and not at all where none is.
final class Room {
  private final RoleAssignments roles;

  Room(RoleAssignments roles) {
    this.roles = roles;
  }

  /// The plan with what each subscription has room for; where it is too little, no cluster is given
  /// any, since a fleet of which a part has access is harder to mend than one that was left alone.
  Plan within(Plan plan) {
    Map<String, Integer> added = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    plan.clusters()
        .forEach(
            cluster -> {
              int made = assignments(cluster);
              if (made > 0) {
                added.merge(subscription(cluster), made, Integer::sum);
              }
            });
    Map<String, Quota> quotas = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    added.forEach(
        (subscription, made) ->
            quotas.put(subscription, new Quota(subscription, used(subscription), made)));
    return new Plan(
        plan.fleet(),
        plan.clusters().stream().map(cluster -> within(quotas, cluster)).toList(),
        new Access(
            plan.access().added().stream()
                .filter(reader -> !isTooFull(quotas, reader.vault().subscription()))
                .toList(),
            plan.access().others()),
        quotas.values().stream().toList());
  }

  private static ClusterPlan within(Map<String, Quota> quotas, ClusterPlan cluster) {
    Quota quota = quotas.get(subscription(cluster));
    if (quota == null || quota.standing() != Standing.EXCEEDED || assignments(cluster) == 0) {
      return cluster;
    }
    int used = quota.used() instanceof Used.Counted counted ? counted.assignments() : 0;
    return cluster.blocked(
        Step.KEY_VAULT_ACCESS,
        new StepProblem.RoleAssignmentsFull(
            quota.subscription(), used, quota.added(), Quota.LIMIT));
  }

  private static boolean isTooFull(Map<String, Quota> quotas, String subscription) {
    Quota quota = quotas.get(subscription);
    return quota != null && quota.standing() == Standing.EXCEEDED;
  }

  private Used used(String subscription) {
    try {
      return new Used.Counted(roles.count(subscription));
    } catch (ProblemException e) {
      return new Used.Unknown(e.problem());
    }
  }

  private static int assignments(ClusterPlan cluster) {
    return cluster.made(Kind.ROLE_ASSIGNMENT).size();
  }

  private static String subscription(ClusterPlan cluster) {
    return cluster.target().vault().vault().subscription();
  }
}
