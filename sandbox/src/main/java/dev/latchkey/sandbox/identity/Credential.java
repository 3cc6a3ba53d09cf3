// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.identity;

import java.time.Instant;

/// A federated credential as Entra knows it: whose tokens it trusts, and from when to when.
///
/// @param effectiveFrom from this moment Entra honours it
/// @param effectiveUntil until this moment it does; [Instant#MAX] unless deleted or replaced
public record Credential(
    String name,
    String issuer,
    String subject,
    String audience,
    Instant effectiveFrom,
    Instant effectiveUntil) {
  /// Whether Entra honours it at this moment.
  public boolean honouredAt(Instant now) {
    return !now.isBefore(effectiveFrom) && now.isBefore(effectiveUntil);
  }

  Credential endingAt(Instant end) {
    return new Credential(name, issuer, subject, audience, effectiveFrom, end);
  }
}
