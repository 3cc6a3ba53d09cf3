// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.Token;
import dev.latchkey.core.resource.Vault;

/// Whether a secret can be read; its value is discarded unread.
public interface SecretProbe {
  /// Asks the vault's data plane for the newest version of the secret.
  Answer probe(Vault vault, SecretName secret, Token token);

  /// What the vault said.
  sealed interface Answer {
    /// 200; the body was thrown away unread.
    record Read() implements Answer {}

    /// Refused, with Key Vault's inner code.
    record Refused(AzureAnswer answer) implements Answer {}

    /// The caller may read, but there is no such secret.
    record Missing(AzureAnswer answer) implements Answer {}

    /// The vault cannot be reached from here, its firewall is in the way, or it throttled us.
    record Unknown(String reason) implements Answer {}
  }
}
