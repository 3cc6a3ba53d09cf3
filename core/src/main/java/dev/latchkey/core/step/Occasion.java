// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

/// Why step 6 is done; each refusal that it provokes stands in somebody's security log.
enum Occasion {
  /// The fleet is being made: pods may be made anew, and what must not work is tried only when this
  /// run changed who may do what.
  DEPLOYMENT,
  /// Somebody asked for a proof: nothing is changed, and everything is tried.
  PROOF
}
