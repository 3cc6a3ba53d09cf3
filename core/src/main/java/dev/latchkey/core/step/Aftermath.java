// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ObservedCluster.Power;
import dev.latchkey.core.resource.ResourceId;
import java.util.Optional;

/// Looks at a cluster again when a step inside of it failed: when somebody stops or deletes it
/// meanwhile, each of its refusals says something else.
final class Aftermath {
  private Aftermath() {}

  /// What a step does inside of a cluster.
  interface Deed {
    String done() throws InterruptedException;
  }

  static String told(Work work, Deed deed) throws InterruptedException {
    try {
      return deed.done();
    } catch (ProblemException e) {
      throw cause(work).map(cause -> new ProblemException(cause, e)).orElse(e);
    }
  }

  private static Optional<StepProblem> cause(Work work) {
    ResourceId id = work.target().cluster();
    Optional<ObservedCluster> now;
    try {
      now = work.ports().clusters().find(id);
    } catch (ProblemException e) {
      return Optional.empty(); // nothing is known but the failure itself
    }
    if (now.isEmpty()) {
      return Optional.of(new StepProblem.ClusterMissing(id));
    }
    return now.filter(there -> there.power() == Power.STOPPED)
        .map(there -> new StepProblem.ClusterNotRunning(there.id(), "stopped"));
  }
}
