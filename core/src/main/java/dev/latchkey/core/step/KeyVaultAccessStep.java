// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Management.Duty;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.snapshot.Seen;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Step 4: the identity may read exactly the declared secrets.
final class KeyVaultAccessStep implements ClusterStep {
  @Override
  public Step step() {
    return Step.KEY_VAULT_ACCESS;
  }

  @Override
  public StepPlan plan(Target target, Seen seen) {
    Optional<Problem> obstacle = obstacle(target, seen);
    if (obstacle.isPresent()) {
      return StepPlan.blocked(step(), obstacle.get());
    }
    Grant grant = Grant.by(target.vault().means());
    List<Change> changes = grant.plan(target, seen);
    List<Thing> missing = changes.stream().filter(Change::changes).map(Change::thing).toList();
    if (!missing.isEmpty() && target.manage().access() == Duty.REQUIRE) {
      return StepPlan.blocked(step(), required(target, seen, missing));
    }
    return StepPlan.of(step(), changes).with(grant.findings(target, seen));
  }

  @Override
  public String apply(StepPlan plan, Work work) throws InterruptedException {
    ManagedIdentity identity = work.facts().identity().identity();
    Vault vault = work.seen().vault().orElseThrow();
    Grant grant = Grant.by(work.target().vault().means());
    int made = 0;
    for (Change change : plan.changes()) {
      if (change.changes() && grant.make(change, work, vault, identity)) {
        work.changed(change);
        made++;
      }
    }
    Optional<Instant> youngest =
        made == 0 ? youngest(work, identity) : Optional.of(work.ports().time().now());
    work.facts().settle(new Known.Access(vault, youngest, made));
    return "";
  }

  /// A run that was cut off may have granted it moments ago.
  private static Optional<Instant> youngest(Work work, ManagedIdentity identity) {
    return work.seen().assignments().stream()
        .filter(held -> held.principal().value().equalsIgnoreCase(identity.principal().value()))
        .flatMap(held -> held.created().stream())
        .max(Comparator.naturalOrder());
  }

  private static Optional<Problem> obstacle(Target target, Seen seen) {
    Problem blind = seen.problems().get(Seen.Part.VAULT);
    if (blind != null) {
      return Optional.of(blind);
    }
    if (seen.vault().isEmpty()) {
      return Optional.of(new StepProblem.VaultMissing(target.vault().vault()));
    }
    return Grant.by(target.vault().means()).obstacle(target, seen, seen.vault().get());
  }

  private static StepProblem.Required required(Target target, Seen seen, List<Thing> missing) {
    Grant grant = Grant.by(target.vault().means());
    String principal = principal(target, seen);
    String commands =
        missing.stream()
            .map(thing -> grant.command(target, seen, thing, principal))
            .collect(Collectors.joining(" && "));
    String needed = missing.stream().map(Thing::name).collect(Collectors.joining(", "));
    return new StepProblem.Required(missing.getFirst(), needed, commands);
  }

  private static String principal(Target target, Seen seen) {
    return seen.identity()
        .map(identity -> identity.principal().value())
        .orElseGet(
            () ->
                "$(az identity show --ids %s --query principalId --output tsv)"
                    .formatted(target.identity().id(seen.cluster().orElseThrow().location())));
  }
}
