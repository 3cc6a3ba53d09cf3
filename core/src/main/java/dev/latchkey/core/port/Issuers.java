// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import dev.latchkey.core.resource.Issuer;

/// Whether a cluster's issuer is published, as Entra would see it.
public interface Issuers {
  /// Asks for `{issuer}.well-known/openid-configuration`.
  Publication look(Issuer issuer);

  /// What is there.
  enum Publication {
    /// The document answers and names this very issuer.
    PUBLISHED,
    /// It does not answer, or names another issuer.
    NOT_PUBLISHED,
    /// It cannot be reached from here; that says nothing about what Entra can reach.
    UNREACHABLE
  }
}
