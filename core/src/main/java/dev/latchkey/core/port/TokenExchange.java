// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.resource.ClientId;
import dev.latchkey.core.resource.TenantId;
import dev.latchkey.core.resource.Token;

/// The exchange of a service account's token for an Entra token.
public interface TokenExchange {
  /// Presents the assertion for the identity, asking for a token for Key Vault.
  Exchange exchange(TenantId tenant, ClientId client, Token assertion);

  /// How it ended.
  sealed interface Exchange {
    /// Entra issued a token.
    record Granted(Token token) implements Exchange {}

    /// Entra refused, with its code.
    record Refused(AzureAnswer answer) implements Exchange {}

    /// Entra could not be reached, or throttled us: nothing is known.
    record Unknown(String reason) implements Exchange {}
  }
}
