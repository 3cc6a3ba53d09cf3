// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.snapshot.Seen;

/// One step of a cluster: what it will do, and doing it.
public interface ClusterStep {
  /// Its place in the graph.
  Step step();

  /// What it will do, from what is wanted and what was seen. Pure.
  StepPlan plan(Target target, Seen seen);

  /// Does what the plan says. Safe to run again after it was cut off at any point.
  ///
  /// @return one line for people; may be empty
  String apply(StepPlan plan, Work work) throws InterruptedException;
}
