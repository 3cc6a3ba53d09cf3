// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.limit;

/// Whether the simulated Azure refuses who asks too fast.
public enum Throttling {
  /// Nobody is refused.
  OFF,
  /// The token buckets of the real one.
  AZURE
}
