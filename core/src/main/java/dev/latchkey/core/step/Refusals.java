// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

/// Whether what must not work is tried: each refusal stands in somebody's security log.
enum Refusals {
  /// Always: somebody asked for a proof.
  ASK,
  /// Only when this run changed who may do what.
  ASK_WHEN_ACCESS_CHANGED
}
