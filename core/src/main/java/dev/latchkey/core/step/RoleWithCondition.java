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
import dev.latchkey.core.resource.SecretCondition;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.snapshot.Seen;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One role assignment at the vault, whose condition names exactly the declared secrets.
final class RoleWithCondition implements Grant {
  @Override
  public Optional<Problem> obstacle(Target target, Seen seen, Vault vault) {
    if (vault.model() == Vault.Model.POLICIES) {
      return Optional.of(new StepProblem.VaultObeysPolicies(vault.id()));
    }
    return held(target, seen)
        .filter(held -> !namesTheSecrets(target, held) && !isOurs(target, held))
        .map(held -> new StepProblem.AccessOfOthers(vault.id(), held.name(), words(held)));
  }

  @Override
  public List<Change> plan(Target target, Seen seen) {
    var thing =
        new Thing(
            Kind.ROLE_ASSIGNMENT,
            "%s on %s, on condition"
                .formatted(SecretsUser.ROLE.title(), target.vault().vault().name()));
    Settings wanted = Settings.of("secrets", Value.of(words(target.vault().names())));
    return List.of(
        held(target, seen)
            .map(
                held ->
                    namesTheSecrets(target, held)
                        ? new Change.Keep(thing)
                        : new Change.Update(thing, settings(held), wanted, because(held), ""))
            .orElseGet(() -> new Change.Create(thing, wanted, because(target, seen))));
  }

  /// latchkey writes conditions of one form only.
  private static Because because(RoleAssignment held) {
    return held.condition().flatMap(SecretCondition::secrets).isPresent()
        ? Because.wanted()
        : Because.drift("somebody changed the condition");
  }

  /// Nobody removed what a role for each secret stood for.
  private static Because because(Target target, Seen seen) {
    return SecretsUser.held(seen).isEmpty()
        ? AccessDrift.of(target, seen, target.vault().names().getFirst())
        : Because.wanted();
  }

  /// There is at most one: Azure refuses a second of the same role, principal and scope.
  private static Optional<RoleAssignment> held(Target target, Seen seen) {
    return SecretsUser.held(seen).stream()
        .filter(held -> SecretsUser.isAt(target.vault().vault(), held))
        .findFirst();
  }

  private static boolean namesTheSecrets(Target target, RoleAssignment held) {
    return held.condition()
        .flatMap(SecretCondition::secrets)
        .filter(names -> words(names).equals(words(target.vault().names())))
        .isPresent();
  }

  private static boolean isOurs(Target target, RoleAssignment held) {
    ResourceId vault = target.vault().vault();
    String ours = SecretsUser.wanted(target, vault, held.principal(), Optional.empty()).name();
    return held.name().equalsIgnoreCase(ours);
  }

  private static Settings settings(RoleAssignment held) {
    return Settings.of("secrets", Value.of(words(held)));
  }

  /// What an assignment lets be read; a condition of another form as it is written.
  private static String words(RoleAssignment held) {
    return held.condition()
        .map(
            condition ->
                SecretCondition.secrets(condition)
                    .map(RoleWithCondition::words)
                    .orElse("those that fulfil " + condition))
        .orElse("all, without a condition");
  }

  private static String words(List<SecretName> secrets) {
    return secrets.stream().map(SecretName::value).sorted().collect(Collectors.joining(", "));
  }

  @Override
  public List<String> findings(Target target, Seen seen) {
    return SecretsUser.leftover(
        target, seen, held -> SecretsUser.isAt(target.vault().vault(), held));
  }

  @Override
  public boolean make(Change change, Work work, Vault vault, ManagedIdentity identity)
      throws InterruptedException {
    RoleAssignment wanted =
        SecretsUser.wanted(
            work.target(),
            work.target().vault().vault(),
            identity.principal(),
            Optional.of(SecretCondition.of(work.target().vault().names())));
    Made made =
        work.pace().retry(Lag.PRINCIPAL_NOT_YET_FOUND, () -> work.ports().roles().create(wanted));
    return made == Made.CREATED || change instanceof Change.Update;
  }

  /// The name is given, so that the same command changes the condition of what is there.
  @Override
  public String command(Target target, Seen seen, Thing thing, String principal) {
    ResourceId vault = target.vault().vault();
    String name =
        seen.identity()
            .map(there -> SecretsUser.wanted(target, vault, there.principal(), Optional.empty()))
            .map(wanted -> " --name " + wanted.name())
            .orElse("");
    return "%s%s --condition-version 2.0 --condition \"%s\""
        .formatted(
            SecretsUser.command(principal, vault.text()),
            name,
            SecretCondition.of(target.vault().names()));
  }
}
