// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Because;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.snapshot.Seen;

/// Why a role on a secret is missing: it is new in the file, or somebody removed it.
final class AccessDrift {
  private AccessDrift() {}

  /// A release is written only after the access to all of its secrets, so one that was handed this
  /// identity and this secret tells that the role was there.
  static Because of(Target target, Seen seen, SecretName secret) {
    return CredentialDrift.ourRelease(target, seen)
            .filter(release -> listed(target, seen, secret, release))
            .isPresent()
        ? Because.drift("somebody removed the role")
        : Because.wanted();
  }

  private static boolean listed(Target target, Seen seen, SecretName secret, Release release) {
    return seen.vault()
        .filter(vault -> HandedOver.lists(target, release.values(), secret, vault))
        .isPresent();
  }
}
