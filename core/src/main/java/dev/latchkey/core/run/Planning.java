// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.rollout.Forecast;
import dev.latchkey.core.snapshot.Snapshot;

/// A plan, and what was seen when it was made.
///
/// @param limits by which it would be carried out
public record Planning(Plan plan, Snapshot snapshot, Limits limits) {
  /// What carrying it out would cost.
  public Forecast forecast() {
    return Forecast.of(plan, limits);
  }
}
