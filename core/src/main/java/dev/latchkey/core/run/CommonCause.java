// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.rollout.Halt;
import dev.latchkey.core.trust.ChainProblem;
import java.util.Optional;

/// What a cluster failed of and others would fail of as well: a secret that their vault does not
/// have.
///
/// @param halt why the others are not begun
record CommonCause(ResourceId vault, SecretName secret, Halt halt) {
  /// What the end of this cluster's work says of others.
  static Optional<CommonCause> of(ClusterWalk over) {
    Target target = over.target();
    return over.result().problems().values().stream()
        .filter(ChainProblem.SecretMissing.class::isInstance)
        .map(ChainProblem.SecretMissing.class::cast)
        .map(
            missing ->
                new CommonCause(
                    target.vault().vault(),
                    missing.secret(),
                    new Halt.SecretMissing(missing.secret(), missing.vault(), target.name())))
        .findFirst();
  }

  /// Whether this cluster needs the same.
  boolean concerns(Target other) {
    return other.vault().vault().equals(vault) && other.vault().names().contains(secret);
  }
}
