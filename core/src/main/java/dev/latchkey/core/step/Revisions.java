// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ManagedIdentity;
import dev.latchkey.core.resource.Release;
import java.util.Optional;

/// Reads a release's revisions, and ends one that a run which was cut off has left pending.
final class Revisions {
  private Revisions() {}

  /// The newest revision once no operation holds it; what a cut-off run of ours left is ended, at
  /// once when it is older than any operation lasts.
  static Optional<Release> settled(Work work, Kubeconfig kubeconfig) throws InterruptedException {
    Optional<Release> newest = newest(work, kubeconfig);
    if (newest.isEmpty() || !newest.get().pending()) {
      return newest;
    }
    Release pending = newest.get();
    // an operation holds a release with hooks for as long as they run
    Lag lag = pending.hooks() > 0 ? Lag.HOOKS_RUNNING : Lag.RELEASE_PENDING;
    if (work.pace().within(lag, pending.updated())) {
      Optional<Optional<Release>> ended =
          work.pace()
              .attempt(
                  lag,
                  () ->
                      Optional.of(read(work, kubeconfig))
                          .filter(now -> now.isEmpty() || !now.get().pending()));
      if (ended.isPresent()) {
        return ended.get();
      }
    }
    if (pending.status().equals("pending-rollback") // latchkey goes back by upgrades
        || !isOurs(pending, work.facts().identity().identity())) {
      throw new ProblemException(
          new StepProblem.ReleaseBusy(
              pending.namespace(), pending.name(), pending.status(), pending.revision()));
    }
    work.ports().releases().recover(kubeconfig, pending);
    work.found(
        "the release was left %s by a run that was cut off; that revision was ended"
            .formatted(pending.status()));
    return read(work, kubeconfig);
  }

  /// Only latchkey hands this identity's client id to a chart.
  static boolean isOurs(Release release, ManagedIdentity identity) {
    return release.values().tree().toString().contains(identity.client().value());
  }

  static Optional<Release> newest(Work work, Kubeconfig kubeconfig) throws InterruptedException {
    return HelmReleaseStep.patiently(work, () -> read(work, kubeconfig));
  }

  private static Optional<Release> read(Work work, Kubeconfig kubeconfig) {
    Target target = work.target();
    return work.ports()
        .releases()
        .newest(kubeconfig, target.serviceAccount().namespace(), target.chart().release());
  }
}
