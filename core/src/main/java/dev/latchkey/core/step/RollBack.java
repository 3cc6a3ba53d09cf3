// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.plan.Because;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ManifestDiff;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.Releases;
import dev.latchkey.core.resource.Release;
import java.util.List;
import java.util.Optional;

/// Brings a cluster's release back to its last good revision after this run changed it in vain, and
/// verifies what serves then as step 6 does.
///
/// Good is, by Helm's own records, the newest earlier revision that was deployed: one that Helm
/// could not write does not count. Nothing is ever removed: where there is no such revision the
/// failed one stays, since others may use what it made already.
public final class RollBack {
  private static final String NOTE = ReleaseNote.BEGIN + ", back to revision ";

  private final VerificationStep verification;

  RollBack(String probe) {
    this.verification = new VerificationStep(probe, Occasion.DEPLOYMENT);
  }

  /// Brings the release back, waits for its rollout and walks the trust chain again.
  ///
  /// @param made what this run changed on the cluster; without its release there is nothing to undo
  /// @param work with the facts that the release's step needed
  /// @return one line for people
  /// @throws dev.latchkey.core.problem.ProblemException when Helm refuses, or when the earlier
  ///   revision does not serve either
  public String apply(List<Change> made, Work work) throws InterruptedException {
    if (made.stream().noneMatch(change -> change.thing().kind() == Kind.RELEASE)) {
      return "this run did not change the release, so it stays";
    }
    Kubeconfig kubeconfig = HelmReleaseStep.kubeconfig(work);
    Optional<Release> bad = Revisions.newest(work, kubeconfig);
    if (bad.isEmpty()) {
      return "the release is gone, so there is nothing to bring back";
    }
    if (bad.get().pending()) {
      Revisions.settled(work, kubeconfig); // Helm begins nothing while a revision is pending
    } else if (!isOurs(bad.get(), work)) {
      return "somebody else has written revision %d since, so it stays"
          .formatted(bad.get().revision());
    }
    Optional<Release> good = lastGood(bad.get(), work, kubeconfig);
    return good.isPresent()
        ? bringBack(bad.get(), good.get(), work, kubeconfig)
        : "there is no earlier revision that was deployed; revision %d stays as it is"
            .formatted(bad.get().revision());
  }

  private static boolean isOurs(Release newest, Work work) {
    // Helm puts a failure where our note was.
    return newest.status().equals("failed")
        ? Revisions.isOurs(newest, work.facts().identity().identity())
        : newest.description().startsWith(ReleaseNote.BEGIN);
  }

  private static Optional<Release> lastGood(Release bad, Work work, Kubeconfig kubeconfig)
      throws InterruptedException {
    Releases releases = work.ports().releases();
    return HelmReleaseStep.patiently(
            work, () -> releases.history(kubeconfig, bad.namespace(), bad.name()))
        .stream()
        .filter(release -> release.revision() < bad.revision())
        .filter(RollBack::wasDeployed)
        .findFirst();
  }

  private static boolean wasDeployed(Release release) {
    return release.status().equals("deployed") || release.status().equals("superseded");
  }

  private String bringBack(Release bad, Release good, Work work, Kubeconfig kubeconfig)
      throws InterruptedException {
    Release back = work.ports().releases().rollBack(kubeconfig, good, NOTE + good.revision());
    work.changed(
        new Change.Update(
            ReleaseChange.thing(work.target()),
            ReleaseChange.revision(bad.revision()),
            ReleaseChange.revision(back.revision()),
            Because.wanted(),
            "back to revision " + good.revision(),
            ManifestDiff.between(bad.objects(), back.objects())));
    var deployed = new Known.Deployed(back, Optional.of(work.ports().time().now()));
    String verified =
        verification.apply(
            StepPlan.of(Step.VERIFICATION, List.of()), new Redeployed(work, deployed));
    return "revision %d is back as revision %d: %s"
        .formatted(good.revision(), back.revision(), verified);
  }
}
