// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

/// One token bucket of Azure's.
///
/// @param key whose bucket it is; equal keys share one
/// @param burst how many requests a full one holds
/// @param perSecond how many come back in a second
/// @param overflow what Azure answers when it is empty
public record Limit(String key, int burst, double perSecond, Overflow overflow) {
  /// How a refusal is worded.
  public enum Overflow {
    /// ARM's own, per subscription and actor.
    ARM,
    /// The container service's, flat.
    CONTAINER_SERVICE,
    /// Another provider's, in ARM's envelope.
    PROVIDER
  }
}
