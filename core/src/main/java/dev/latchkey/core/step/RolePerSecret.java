// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.plan.Because;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.plan.Value;
import dev.latchkey.core.port.RoleAssignments.Made;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.RoleAssignment;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.snapshot.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One role assignment for each secret.
final class RolePerSecret implements Grant {
  @Override
  public Optional<Problem> obstacle(Target target, Seen seen, Vault vault) {
    return vault.model() == Vault.Model.ROLES
        ? Optional.empty()
        : Optional.of(new StepProblem.VaultObeysPolicies(vault.id()));
  }

  @Override
  public List<Change> plan(Target target, Seen seen) {
    var changes = new ArrayList<Change>();
    for (SecretName secret : target.vault().names()) {
      ResourceId scope = target.vault().scope(secret);
      Thing thing =
          new Thing(
              Kind.ROLE_ASSIGNMENT,
              "%s on %s/secrets/%s"
                  .formatted(SecretsUser.ROLE.title(), target.vault().vault().name(), secret));
      changes.add(
          SecretsUser.held(seen).stream().anyMatch(held -> allows(held, scope))
              ? new Change.Keep(thing)
              : new Change.Create(
                  thing,
                  Settings.of("scope", Value.of(scope.text())),
                  because(target, seen, secret)));
    }
    return changes;
  }

  /// Nobody removed what a condition stood for.
  private static Because because(Target target, Seen seen, SecretName secret) {
    boolean byCondition =
        SecretsUser.held(seen).stream()
            .anyMatch(held -> SecretsUser.isAt(target.vault().vault(), held));
    return byCondition ? Because.wanted() : AccessDrift.of(target, seen, secret);
  }

  private static boolean allows(RoleAssignment held, ResourceId scope) {
    return held.condition().isEmpty() && SecretsUser.isAt(scope, held);
  }

  @Override
  public List<String> findings(Target target, Seen seen) {
    return SecretsUser.leftover(
        target,
        seen,
        held ->
            target.vault().names().stream()
                .anyMatch(secret -> SecretsUser.isAt(target.vault().scope(secret), held)));
  }

  @Override
  public boolean make(Change change, Work work, Vault vault, ManagedIdentity identity)
      throws InterruptedException {
    String name = change.thing().name();
    SecretName secret = new SecretName(name.substring(name.lastIndexOf('/') + 1));
    RoleAssignment wanted =
        SecretsUser.wanted(
            work.target(),
            work.target().vault().scope(secret),
            identity.principal(),
            Optional.empty());
    Made made =
        work.pace().retry(Lag.PRINCIPAL_NOT_YET_FOUND, () -> work.ports().roles().create(wanted));
    return made == Made.CREATED;
  }

  @Override
  public String command(Target target, Seen seen, Thing thing, String principal) {
    String below = thing.name().substring(thing.name().indexOf("/secrets/"));
    return SecretsUser.command(principal, target.vault().vault().text() + below);
  }
}
