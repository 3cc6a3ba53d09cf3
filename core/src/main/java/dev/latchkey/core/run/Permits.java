// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

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
import dev.latchkey.core.step.StepProblem;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether the plan's creations are possible at all: the caller may assign roles at the vaults, and
/// the subscriptions may have identities. Looked for before the first change; a cluster for which
/// it is not so is left as it is, since all else would be made in vain.
///
/// Asks once for each vault and each subscription, and not at all where nothing is created. Only
/// what leaves no doubt counts: where the look is refused, or could be read in two ways, the write
/// itself is the proof. Azure lets nobody take back the registration for what a subscription has,
/// so those for the clusters and the vault need no look.
final class Permits {
  private static final String ASSIGN = "Microsoft.Authorization/roleAssignments/write";
  private static final String IDENTITIES = "Microsoft.ManagedIdentity";

  private final Ports ports;
  private final Snapshot snapshot;

  /// What is asked, once in a run.
  private sealed interface Question {
    /// May the caller assign roles there?
    record Roles(ResourceId vault) implements Question {}

    /// May identities be made there?
    record Identities(String subscription) implements Question {}
  }

  Permits(Ports ports, Snapshot snapshot) {
    this.ports = ports;
    this.snapshot = snapshot;
  }

  /// The plan in which nothing is begun on clusters for which something is missing.
  Plan within(Plan plan) {
    Set<Question> questions = new LinkedHashSet<>();
    plan.clusters().forEach(cluster -> questions.addAll(questions(cluster).values()));
    Map<Question, Optional<Problem>> answers = Hints.of(questions, this::missing);
    List<ClusterPlan> clusters =
        plan.clusters().stream().map(cluster -> within(cluster, answers)).toList();
    return new Plan(plan.fleet(), clusters, plan.access(), plan.quotas());
  }

  private ClusterPlan within(ClusterPlan cluster, Map<Question, Optional<Problem>> answers) {
    ClusterPlan left = cluster;
    for (var question : questions(cluster).entrySet()) {
      Optional<Problem> missing = answers.getOrDefault(question.getValue(), Optional.empty());
      if (missing.isPresent()) {
        left = left.unbegun(question.getKey(), missing.get());
      }
    }
    return left;
  }

  /// What a cluster needs to know, by the step that needs it.
  private Map<Step, Question> questions(ClusterPlan cluster) {
    var questions = new EnumMap<Step, Question>(Step.class);
    if (!cluster.made(Kind.IDENTITY).isEmpty()) {
      String subscription = cluster.target().identity().subscription();
      questions.put(
          Step.MANAGED_IDENTITY, new Question.Identities(subscription.toLowerCase(Locale.ROOT)));
    }
    if (!cluster.made(Kind.ROLE_ASSIGNMENT).isEmpty() && !isGivenBelow(cluster)) {
      questions.put(Step.KEY_VAULT_ACCESS, new Question.Roles(vault(cluster)));
    }
    return questions;
  }

  private Optional<Problem> missing(Question question) {
    return switch (question) {
      case Question.Roles(var vault) -> {
        Held held = ports.rights().at(vault);
        yield held.lacks(ASSIGN)
            ? Optional.of(
                new AzureProblem.RightMissing(
                    "Assigning roles at `" + vault.name() + "`", ASSIGN, vault, held.caller()))
            : Optional.empty();
      }
      case Question.Identities(var subscription) ->
          switch (ports.providers().of(subscription, IDENTITIES)) {
            case MISSING ->
                Optional.of(new StepProblem.ProviderNotRegistered(subscription, IDENTITIES));
            case NOT_MISSING -> Optional.empty();
          };
    };
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
