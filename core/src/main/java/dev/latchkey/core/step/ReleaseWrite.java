// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.Releases.Rendered;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.Release;
import java.util.Optional;

/// Writes a release.
///
/// Somebody who writes it between our look and our write makes Helm refuse, and a connection that
/// breaks leaves nothing, a revision that failed or one that is pending: so it is looked at again.
final class ReleaseWrite {
  private static final int LOOKS = 3;

  private final Work work;
  private final Kubeconfig kubeconfig;
  private final Rendered chart;
  private final ChartValues values;

  ReleaseWrite(Work work, Kubeconfig kubeconfig, Rendered chart, ChartValues values) {
    this.work = work;
    this.kubeconfig = kubeconfig;
    this.chart = chart;
    this.values = values;
  }

  /// What was there, and what was made of it; nothing when it was as wanted.
  record Written(Optional<Release> before, Optional<Release> made) {}

  /// Writes it.
  Written made() throws InterruptedException {
    Target target = work.target();
    String namespace = target.serviceAccount().namespace();
    for (int attempt = 1; ; attempt++) {
      Optional<Release> before = Revisions.settled(work, kubeconfig);
      Optional<ReleaseDrift> drift =
          before.flatMap(release -> ReleaseDrift.of(work.seen(), release));
      if (before.isPresent()
          && drift.isEmpty()
          && ReleaseChange.same(before.get(), chart, values)) {
        return new Written(before, Optional.empty());
      }
      try {
        String note = ReleaseNote.of(chart, drift);
        Release made =
            work.ports()
                .releases()
                .deploy(kubeconfig, namespace, target.chart(), values, before, note);
        return new Written(before, Optional.of(made));
      } catch (ProblemException e) {
        boolean cut = e.problem() instanceof AzureProblem.Unreachable;
        Optional<Release> now = left(e);
        if (attempt == LOOKS || !(cut || isWrittenByOthers(before, now))) {
          now.filter(release -> isNewer(release, before))
              .ifPresent(release -> work.changed(ReleaseChange.made(work, before, release)));
          throw e;
        }
      }
    }
  }

  /// What a write that failed has left, as far as can be seen.
  private Optional<Release> left(ProblemException failure) throws InterruptedException {
    try {
      return Revisions.newest(work, kubeconfig);
    } catch (ProblemException e) {
      failure.addSuppressed(e);
      return Optional.empty();
    }
  }

  /// A write of ours that Helm refused leaves nothing, or a revision that failed.
  private static boolean isWrittenByOthers(Optional<Release> before, Optional<Release> now) {
    return now.filter(release -> isNewer(release, before) && !release.status().equals("failed"))
        .isPresent();
  }

  private static boolean isNewer(Release release, Optional<Release> before) {
    return before.map(Release::revision).filter(known -> known == release.revision()).isEmpty();
  }
}
