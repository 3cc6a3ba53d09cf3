// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import dev.latchkey.sandbox.access.Principal;
import java.time.Instant;
import java.util.List;

/// Which federated credentials the applications and managed identities hold.
public interface Trusts {
  /// One federated credential, as Entra ID compares it: exactly, to the case and the last slash.
  ///
  /// @param name what tells it from the principal's others
  /// @param effectiveFrom when Entra ID's replicas know it
  record Trust(
      String name, String issuer, String subject, String audience, Instant effectiveFrom) {}

  /// Those of one principal, known to Entra ID or not yet.
  List<Trust> of(Principal principal);
}
