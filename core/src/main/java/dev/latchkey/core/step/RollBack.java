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
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Brings a cluster's release back to its last good revision after this run changed it in vain, and
/// verifies what serves then as step 6 does.
///
/// Good is, by Helm's own records, the newest earlier revision that was deployed: one that Helm
/// could not write does not count. Helm's records do not tell whether its pods served, an earlier
/// run may have failed at them: where they do not start, the revision before it is taken. Nothing
/// is ever removed: where there is no such revision the failed one stays, since others may use what
/// it made already.
public final class RollBack {
  private static final String NOTE = ReleaseNote.BEGIN + ", back to revision ";

  /// Each may wait as long as a rollout may take.
  private static final int REVISIONS_MAX = 3;

  private final VerificationStep verification;

  RollBack(String probe) {
    this.verification = new VerificationStep(probe, Occasion.DEPLOYMENT);
  }

  /// Brings the release back, waits for its rollout and walks the trust chain again.
  ///
  /// @param made what this run changed on the cluster; without its release there is nothing to undo
  /// @param work with the facts that the release's step needed
  /// @return one line for people
  /// @throws ProblemException when Helm refuses, or when no earlier revision serves either
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
    List<Release> good = deployedBefore(bad.get(), work, kubeconfig);
    return good.isEmpty()
        ? "there is no earlier revision that was deployed; revision %d stays as it is"
            .formatted(bad.get().revision())
        : bringBack(bad.get(), good, work, kubeconfig);
  }

  private static boolean isOurs(Release newest, Work work) {
    // Helm puts a failure where our note was.
    return newest.status().equals("failed")
        ? Revisions.isOurs(newest, work.facts().identity().identity())
        : newest.description().startsWith(ReleaseNote.BEGIN);
  }

  /// The newest first.
  private static List<Release> deployedBefore(Release bad, Work work, Kubeconfig kubeconfig)
      throws InterruptedException {
    Releases releases = work.ports().releases();
    return HelmReleaseStep.patiently(
            work, () -> releases.history(kubeconfig, bad.namespace(), bad.name()))
        .stream()
        .filter(release -> release.revision() < bad.revision())
        .filter(RollBack::wasDeployed)
        .limit(REVISIONS_MAX)
        .toList();
  }

  private static boolean wasDeployed(Release release) {
    return release.status().equals("deployed") || release.status().equals("superseded");
  }

  private String bringBack(Release bad, List<Release> good, Work work, Kubeconfig kubeconfig)
      throws InterruptedException {
    var vain = new ArrayList<Integer>();
    for (Release serving = bad; ; ) {
      Release next = good.get(vain.size());
      try {
        Release back = write(serving, next, work, kubeconfig);
        serving = back;
        String verified = verified(back, work);
        return told(next, back, vain) + verified;
      } catch (ProblemException e) {
        vain.add(next.revision());
        if (!isOfRevision(e.problem()) || vain.size() == good.size()) {
          throw failed(vain, e);
        }
      }
    }
  }

  private static String told(Release good, Release back, List<Integer> vain) {
    String before =
        vain.isEmpty()
            ? ""
            : " since %s did not serve either".formatted(StepWording.revisions(vain));
    return "revision %d is back as revision %d%s: "
        .formatted(good.revision(), back.revision(), before);
  }

  /// Another revision cures only what the revision itself is the cause of.
  private static boolean isOfRevision(Problem problem) {
    return problem instanceof StepProblem.RolloutStuck
        || problem instanceof StepProblem.RolloutTimedOut;
  }

  private static ProblemException failed(List<Integer> vain, ProblemException last) {
    return last.problem() instanceof StepProblem.Interrupted
        ? last
        : new ProblemException(new StepProblem.RollBackFailed(vain, last.problem()), last);
  }

  private static Release write(Release bad, Release good, Work work, Kubeconfig kubeconfig) {
    Release back = work.ports().releases().rollBack(kubeconfig, good, NOTE + good.revision());
    work.changed(
        new Change.Update(
            ReleaseChange.thing(work.target()),
            ReleaseChange.revision(bad.revision()),
            ReleaseChange.revision(back.revision()),
            Because.wanted(),
            "back to revision " + good.revision(),
            ManifestDiff.between(bad.objects(), back.objects())));
    return back;
  }

  private String verified(Release back, Work work) throws InterruptedException {
    var deployed = new Known.Deployed(back, Optional.of(work.ports().time().now()));
    return verification.apply(
        StepPlan.of(Step.VERIFICATION, List.of()), new Redeployed(work, deployed));
  }
}
