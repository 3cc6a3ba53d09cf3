// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Management.Duty;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.VaultAccess.Means;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.plan.Value;
import dev.latchkey.core.port.RoleAssignments.Made;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.PrincipalId;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.Role;
import dev.latchkey.core.resource.RoleAssignment;
import dev.latchkey.core.resource.RoleAssignmentName;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.snapshot.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Step 4: the identity may read exactly the declared secrets.
final class KeyVaultAccessStep implements ClusterStep {
  private static final Role ROLE = Role.KEY_VAULT_SECRETS_USER;

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
    List<Change> changes =
        switch (target.vault().means()) {
          case ROLES -> roles(target, seen);
          case POLICY -> List.of(policy(target, seen));
        };
    List<Thing> missing = changes.stream().filter(Change::changes).map(Change::thing).toList();
    if (!missing.isEmpty() && target.manage().access() == Duty.REQUIRE) {
      return StepPlan.blocked(step(), required(target, seen, missing));
    }
    List<String> findings =
        target.vault().means() == Means.POLICY
            ? List.of("an access policy lets the identity read every secret of the vault")
            : List.of();
    return StepPlan.of(step(), changes).with(findings);
  }

  @Override
  public String apply(StepPlan plan, Work work) throws InterruptedException {
    ManagedIdentity identity = work.facts().identity().identity();
    Vault vault = work.seen().vault().orElseThrow();
    int made = 0;
    for (Change change : plan.changes()) {
      if (change.changes() && grant(work, vault, identity, change.thing())) {
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

  private static boolean grant(Work work, Vault vault, ManagedIdentity identity, Thing thing)
      throws InterruptedException {
    return switch (work.target().vault().means()) {
      case POLICY -> {
        work.ports().vaults().allowGetOfSecrets(vault.id(), identity);
        yield true;
      }
      case ROLES -> {
        SecretName secret =
            new SecretName(thing.name().substring(thing.name().lastIndexOf('/') + 1));
        RoleAssignment wanted = assignment(work.target(), secret, identity.principal());
        Made made =
            work.pace()
                .retry(Lag.PRINCIPAL_NOT_YET_FOUND, () -> work.ports().roles().create(wanted));
        yield made == Made.CREATED;
      }
    };
  }

  private static RoleAssignment assignment(
      Target target, SecretName secret, PrincipalId principal) {
    ResourceId scope = target.vault().scope(secret);
    return new RoleAssignment(
        RoleAssignmentName.of(scope, ROLE.guid(), principal),
        scope.text(),
        "/subscriptions/%s/providers/Microsoft.Authorization/roleDefinitions/%s"
            .formatted(scope.subscription(), ROLE.guid()),
        principal,
        "latchkey: %s on %s".formatted(target.application(), target.cluster().name()),
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<Problem> obstacle(Target target, Seen seen) {
    Problem blind = seen.problems().get(Seen.Part.VAULT);
    if (blind != null) {
      return Optional.of(blind);
    }
    if (seen.vault().isEmpty()) {
      return Optional.of(new StepProblem.VaultMissing(target.vault().vault()));
    }
    Vault vault = seen.vault().get();
    return switch (target.vault().means()) {
      case ROLES ->
          vault.model() == Vault.Model.ROLES
              ? Optional.empty()
              : Optional.of(new StepProblem.VaultObeysPolicies(vault.id()));
      case POLICY ->
          vault.model() == Vault.Model.POLICIES
              ? Optional.empty()
              : Optional.of(new StepProblem.VaultObeysRoles(vault.id()));
    };
  }

  private static List<Change> roles(Target target, Seen seen) {
    var changes = new ArrayList<Change>();
    for (SecretName secret : target.vault().names()) {
      ResourceId scope = target.vault().scope(secret);
      Thing thing =
          new Thing(
              Kind.ROLE_ASSIGNMENT,
              "%s on %s/secrets/%s".formatted(ROLE.title(), target.vault().vault().name(), secret));
      changes.add(
          seen.identity().filter(identity -> holds(seen, identity, scope)).isPresent()
              ? new Change.Keep(thing)
              : new Change.Create(
                  thing,
                  Settings.of("scope", Value.of(scope.text())),
                  AccessDrift.of(target, seen, secret)));
    }
    return changes;
  }

  private static boolean holds(Seen seen, ManagedIdentity identity, ResourceId scope) {
    return seen.assignments().stream()
        .filter(held -> held.principal().value().equalsIgnoreCase(identity.principal().value()))
        .filter(held -> ROLE.is(held.roleDefinitionId()))
        .filter(held -> held.condition().isEmpty())
        .anyMatch(held -> held.scope().equalsIgnoreCase(scope.text()));
  }

  private static Change policy(Target target, Seen seen) {
    Thing thing = new Thing(Kind.ACCESS_POLICY, target.vault().vault().name() + ", get of secrets");
    boolean there =
        seen.identity()
            .filter(
                identity ->
                    seen.vault().orElseThrow().readersByPolicy().stream()
                        .anyMatch(
                            reader ->
                                reader.value().equalsIgnoreCase(identity.principal().value())))
            .isPresent();
    return there
        ? new Change.Keep(thing)
        : new Change.Create(thing, Settings.of("secrets", Value.of("get")));
  }

  private static StepProblem.Required required(Target target, Seen seen, List<Thing> missing) {
    String commands =
        missing.stream()
            .map(thing -> command(target, principal(target, seen), thing))
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

  private static String command(Target target, String principal, Thing thing) {
    return switch (target.vault().means()) {
      case ROLES ->
          ("az role assignment create --role \"%s\" --assignee-object-id %s"
                  + " --assignee-principal-type ServicePrincipal --scope %s")
              .formatted(
                  ROLE.title(),
                  principal,
                  target.vault().vault().text()
                      + thing.name().substring(thing.name().indexOf("/secrets/")));
      case POLICY ->
          "az keyvault set-policy --name %s --object-id %s --secret-permissions get"
              .formatted(target.vault().vault().name(), principal);
    };
  }
}
