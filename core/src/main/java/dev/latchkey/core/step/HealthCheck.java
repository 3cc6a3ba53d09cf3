// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.port.Workloads.Cluster;
import dev.latchkey.core.port.Workloads.NamespaceState;
import dev.latchkey.core.port.Workloads.Patience;
import dev.latchkey.core.port.Workloads.Rollout;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Looks whether the pods of a release that was rolled out still serve; changes nothing.
public final class HealthCheck {
  /// A pod that moves to another node is not ready for a moment, and no reason to stop a rollout.
  private static final Duration BOUND = Duration.ofMinutes(1);

  private static final Patience NONE =
      new Patience() {
        @Override
        public void seen(int ready, int wanted, Optional<String> reason) {
          // a check that passes has nothing to tell
        }

        @Override
        public void goesOn() {
          // changes nothing
        }

        @Override
        public boolean crashesAreFinal() {
          return true;
        }
      };

  HealthCheck() {}

  /// What is wrong; empty while all pods of the release are ready.
  ///
  /// @param work with the facts that the release's step settled
  public Optional<Problem> look(Work work) throws InterruptedException {
    String namespace = work.target().serviceAccount().namespace();
    try (Cluster cluster = work.ports().workloads().open(HelmReleaseStep.kubeconfig(work))) {
      // A request that does not get through says nothing of the pods.
      NamespaceState _ = HelmReleaseStep.patiently(work, () -> cluster.namespace(namespace));
      String manifest = work.facts().release().release().manifest();
      Rollout now = cluster.awaitRollout(namespace, manifest, BOUND, NONE);
      return switch (now) {
        case Rollout.Ready _ -> Optional.empty();
        case Rollout.Stuck stuck ->
            Optional.of(
                new StepProblem.ServesNoMore(
                    "`%s`: %s".formatted(stuck.object(), stuck.reason()),
                    stuck.message(),
                    stuck.events()));
        case Rollout.TimedOut late ->
            Optional.of(
                new StepProblem.ServesNoMore(
                    "%d of %d pods are ready".formatted(late.ready(), late.wanted()),
                    "",
                    List.copyOf(late.events())));
      };
    } catch (ProblemException e) {
      return Optional.of(e.problem());
    }
  }
}
