// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.plan.Value;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.snapshot.Seen;
import java.util.List;
import java.util.Optional;

/// An access policy, which cannot name secrets.
final class PolicyForVault implements Grant {
  @Override
  public Optional<Problem> obstacle(Target target, Seen seen, Vault vault) {
    return vault.model() == Vault.Model.POLICIES
        ? Optional.empty()
        : Optional.of(new StepProblem.VaultObeysRoles(vault.id()));
  }

  @Override
  public List<Change> plan(Target target, Seen seen) {
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
    return List.of(
        there
            ? new Change.Keep(thing)
            : new Change.Create(thing, Settings.of("secrets", Value.of("get"))));
  }

  @Override
  public List<String> findings(Target target, Seen seen) {
    return List.of("an access policy lets the identity read every secret of the vault");
  }

  @Override
  public boolean make(Change change, Work work, Vault vault, ManagedIdentity identity) {
    work.ports().vaults().allowGetOfSecrets(vault.id(), identity);
    return true;
  }

  @Override
  public String command(Target target, Seen seen, Thing thing, String principal) {
    return "az keyvault set-policy --name %s --object-id %s --secret-permissions get"
        .formatted(target.vault().vault().name(), principal);
  }
}
