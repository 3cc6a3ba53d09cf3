// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Time;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.step.StepProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/// The first requests of a run to a cluster's API server, before anything is changed for it.
///
/// Who does not answer, or is too busy to, is asked again for as long as a restart usually takes;
/// then the cluster is out of reach. One on which an operation runs may restart for longer: that is
/// told as it is, and the step that needs the API server asks again when its turn comes.
final class FirstContact {
  private static final Duration SHORTEST = Duration.ofMillis(250);

  /// How many pauses there are in a usual restart.
  private static final int PAUSES = 6;

  private final Time time;
  private final Duration usual;

  FirstContact(Time time, Limits limits) {
    this.time = time;
    this.usual = limits.wait(Lag.API_SERVER_RESTARTING).usual();
  }

  /// What the look saw; its problem says that the cluster is out of reach if it is.
  <T> T with(ObservedCluster cluster, Supplier<T> look) throws InterruptedException {
    if (cluster.operation().isPresent()) {
      return look.get();
    }
    Instant end = time.now().plus(usual);
    while (true) {
      try {
        return look.get();
      } catch (ProblemException e) {
        if (!mayPass(e.problem())) {
          throw e;
        }
        if (!time.now().isBefore(end)) {
          throw outOfReach(cluster, e);
        }
        Duration pause = usual.dividedBy(PAUSES);
        time.pause(pause.compareTo(SHORTEST) > 0 ? pause : SHORTEST);
      }
    }
  }

  private static boolean mayPass(Problem problem) {
    return switch (problem) {
      case AzureProblem.Unreachable _, AzureProblem.Throttled _ -> true;
      case AzureProblem.Refused refused -> isBusy(refused.refusal());
      default -> false;
    };
  }

  private static boolean isBusy(AzureAnswer answer) {
    return answer.status() >= 500;
  }

  /// One that is busy did answer: it is no less in reach for that.
  private static ProblemException outOfReach(ObservedCluster cluster, ProblemException last) {
    return last.problem() instanceof AzureProblem.Unreachable silent
        ? new ProblemException(
            new StepProblem.ApiServerUnreachable(cluster.id(), cluster.reach(), silent.reason()),
            last)
        : last;
  }
}
