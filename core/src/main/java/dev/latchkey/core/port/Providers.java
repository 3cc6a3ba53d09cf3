// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

/// What latchkey asks of Azure about resource providers.
public interface Providers {
  /// Whether a subscription is registered for a provider, such as `Microsoft.ManagedIdentity`.
  Registration of(String subscription, String namespace);

  /// How a subscription stands to a provider.
  enum Registration {
    /// Nothing of the provider's can be made there.
    MISSING,
    /// It is registered, is about to be, or what Azure tells is not clear.
    NOT_MISSING
  }
}
