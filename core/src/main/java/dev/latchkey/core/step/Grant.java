// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.VaultAccess.Means;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.Vault;
import dev.latchkey.core.snapshot.Seen;
import java.util.List;
import java.util.Optional;

/// One of the ways in which Key Vault is told who may read which secrets.
interface Grant {
  /// The way that the file asks for.
  static Grant by(Means means) {
    return switch (means) {
      case ROLES -> new RolePerSecret();
      case CONDITION -> new RoleWithCondition();
      case POLICY -> new PolicyForVault();
    };
  }

  /// Why it cannot be done at this vault.
  Optional<Problem> obstacle(Target target, Seen seen, Vault vault);

  List<Change> plan(Target target, Seen seen);

  /// What people should know of it.
  List<String> findings(Target target, Seen seen);

  /// Does one change.
  ///
  /// @return whether something is different now
  boolean make(Change change, Work work, Vault vault, ManagedIdentity identity)
      throws InterruptedException;

  /// What its owner types, where others grant the access.
  ///
  /// @param principal the identity's, or the command that finds it
  String command(Target target, Seen seen, Thing thing, String principal);
}
