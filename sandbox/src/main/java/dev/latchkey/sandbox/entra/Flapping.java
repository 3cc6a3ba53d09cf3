// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import dev.latchkey.sandbox.access.Principal;
import dev.latchkey.sandbox.clock.Seed;

/// Replicas of Entra ID of which now and then one does not find the credential of a managed
/// identity, however old it is; the next request meets another.
///
/// @see <a href="https://github.com/kedacore/keda/issues/8152">2.2 % of the requests in one
///   report</a>
final class Flapping {
  static final double SHARE = 0.02;

  private final Seed seed;
  private volatile boolean begun;

  Flapping(Seed seed) {
    this.seed = seed;
  }

  void begin() {
    begun = true;
  }

  /// Whether this request meets a replica that does not know the credential.
  boolean strikes(Principal principal) {
    return begun
        && principal.managedIdentity().isPresent()
        && seed.fraction("flapping", principal.clientId()) < SHARE;
  }
}
