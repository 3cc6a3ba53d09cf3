// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.limit.Bucket;

/// A limit on requests to one provider.
///
/// @param overflow what Azure answers when the bucket is empty
public record Limit(Bucket bucket, Overflow overflow) {
  /// How a refusal is worded.
  public sealed interface Overflow {
    /// The container service's, flat.
    ///
    /// @param handler what refuses, such as `PutManagedClusterHandler.PUT`
    record ContainerService(String handler) implements Overflow {}

    /// Another provider's, in ARM's envelope.
    record Provider() implements Overflow {}
  }
}
