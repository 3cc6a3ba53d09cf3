// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.event.WaitEnd;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.plan.Because;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.port.Workloads.Cluster;
import dev.latchkey.core.port.Workloads.Patience;
import dev.latchkey.core.port.Workloads.Rollout;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.Pod;
import dev.latchkey.core.resource.Pod.Readiness;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.trust.ChainProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Step 6: the rollout ended well, and the trust chain holds, hop by hop.
final class VerificationStep implements ClusterStep {
  private final String probe;
  private final Occasion occasion;

  VerificationStep(String probe, Occasion occasion) {
    this.probe = probe;
    this.occasion = occasion;
  }

  @Override
  public Step step() {
    return Step.VERIFICATION;
  }

  @Override
  public StepPlan plan(Target target, Seen seen) {
    return StepPlan.of(step(), List.of());
  }

  @Override
  public String apply(StepPlan plan, Work work) throws InterruptedException {
    return Aftermath.told(work, () -> prove(work));
  }

  private String prove(Work work) throws InterruptedException {
    try (Cluster cluster = work.ports().workloads().open(HelmReleaseStep.kubeconfig(work))) {
      int pods = awaitRollout(work, cluster);
      Pod pod = mutated(work, cluster);
      var walk = new ChainWalk(work, cluster, probe, occasion);
      walk.from(pod);
      work.facts().settle(new Known.Proof());
      return "%d pod%s ready".formatted(pods, pods == 1 ? "" : "s");
    }
  }

  private int awaitRollout(Work work, Cluster cluster) throws InterruptedException {
    Duration bound = work.pace().bound(Lag.ROLLOUT);
    var watcher = new Watcher(work, cluster);
    Rollout rollout =
        cluster.awaitRollout(
            work.target().serviceAccount().namespace(),
            work.facts().release().release().manifest(),
            bound,
            watcher);
    if (watcher.renewed) {
      tellOfNewPods(work);
    }
    work.pace().over(Lag.ROLLOUT, end(rollout));
    Optional<ChainProblem> absent = AbsentSecret.behind(rollout, work, cluster);
    if (absent.isPresent()) {
      throw new ProblemException(absent.get());
    }
    return switch (rollout) {
      case Rollout.Ready ready -> ready.pods();
      case Rollout.Stuck stuck ->
          throw new ProblemException(
              new StepProblem.RolloutStuck(
                  stuck.object(), stuck.reason(), stuck.message(), stuck.events()));
      case Rollout.TimedOut late ->
          throw new ProblemException(
              new StepProblem.RolloutTimedOut(late.ready(), late.wanted(), bound, late.events()));
    };
  }

  private static WaitEnd end(Rollout rollout) {
    return switch (rollout) {
      case Rollout.Ready _ -> WaitEnd.CAME;
      case Rollout.Stuck _ -> WaitEnd.CUT;
      case Rollout.TimedOut _ -> WaitEnd.OUTLASTED;
    };
  }

  /// Watches one rollout, by the thread that waits for it.
  ///
  /// An app that cannot get its secrets yet may crash: that is a wait while its credential or role
  /// is younger than the bound of its lag. A pod that was made before the webhook served has no
  /// identity, so an app that is ready only with its secrets never is: such pods are made anew.
  private final class Watcher implements Patience {
    private final Work work;
    private final Cluster cluster;
    private final Duration turn;
    private Instant look;
    private boolean announced;
    private boolean renewed;

    Watcher(Work work, Cluster cluster) {
      this.work = work;
      this.cluster = cluster;
      this.turn = work.pace().usual(Lag.WEBHOOK_NOT_YET_SERVING);
      this.look = work.ports().time().now().plus(turn);
    }

    @Override
    public void seen(int ready, int wanted, Optional<String> reason) {
      if (ready < wanted && !announced) {
        announced = true;
        work.pace().announce(Lag.ROLLOUT);
      }
      work.progress(
          "%d of %d pods ready%s"
              .formatted(ready, wanted, reason.map(word -> ", " + word).orElse("")));
    }

    @Override
    public void goesOn() {
      if (occasion == Occasion.DEPLOYMENT && !work.ports().time().now().isBefore(look)) {
        look = work.ports().time().now().plus(turn);
        renewed |= restarted(work, cluster).isEmpty();
      }
    }

    @Override
    public boolean crashesAreFinal() {
      return !young(work, Lag.CREDENTIAL_NOT_YET_MATCHED, Freshness.ofUnprovenCredential(work))
          && !young(work, Lag.ROLE_NOT_YET_HONOURED, Freshness.ofAccess(work));
    }
  }

  private static boolean young(Work work, Lag lag, Optional<Instant> since) {
    return since.filter(when -> work.pace().within(lag, when)).isPresent();
  }

  /// A ready pod of the service account. Pods that were made before the webhook served are made
  /// anew: for as long as it may still be starting when this run switched it on or the pod is that
  /// young, and once otherwise. An earlier run may have been cut off before it came here.
  private Pod mutated(Work work, Cluster cluster) throws InterruptedException {
    Pod pod = readyPod(work, cluster);
    if (occasion == Occasion.PROOF || PodHops.injected(pod).isEmpty() || !PodHops.labelled(pod)) {
      return pod;
    }
    if (work.facts().cluster().switchedOn().isPresent()
        || young(work, Lag.WEBHOOK_NOT_YET_SERVING, Optional.of(pod.created()))) {
      work.pace().until(Lag.WEBHOOK_NOT_YET_SERVING, () -> restarted(work, cluster));
    } else {
      restarted(work, cluster);
    }
    tellOfNewPods(work);
    awaitRollout(work, cluster);
    return readyPod(work, cluster);
  }

  private static void tellOfNewPods(Work work) {
    work.changed(
        new Change.Replace(
            new Thing(Kind.PODS, work.target().serviceAccount().toString()),
            Settings.none(),
            Settings.none(),
            Because.follows("they were made before the workload identity webhook served")));
  }

  /// Makes pods anew that the webhook should have changed and did not; says so when there are none.
  private static Optional<Boolean> restarted(Work work, Cluster cluster) {
    List<Pod> bare =
        cluster.pods(work.target().serviceAccount()).stream()
            .filter(each -> !PodHops.injected(each).isEmpty() && PodHops.labelled(each))
            .toList();
    if (bare.isEmpty()) {
      return Optional.of(true);
    }
    cluster.restart(bare);
    return Optional.empty();
  }

  private Pod readyPod(Work work, Cluster cluster) throws InterruptedException {
    Target target = work.target();
    Optional<Pod> ready = anyReady(work, cluster);
    if (ready.isEmpty() && occasion == Occasion.DEPLOYMENT) {
      ready = readyAgain(work, cluster);
    }
    return ready.orElseThrow(
        () -> new ProblemException(new ChainProblem.NoPod(target.name(), target.serviceAccount())));
  }

  /// Pods that were made anew since, by this run or by another one, are there once they have
  /// started; a chart that makes none has none then either.
  private static Optional<Pod> readyAgain(Work work, Cluster cluster) throws InterruptedException {
    work.pace().settle(Lag.ROLLOUT, work.ports().time().now());
    return cluster.pods(work.target().serviceAccount()).isEmpty()
        ? Optional.empty()
        : work.pace().attempt(Lag.ROLLOUT, () -> anyReady(work, cluster));
  }

  private static Optional<Pod> anyReady(Work work, Cluster cluster) {
    return cluster.pods(work.target().serviceAccount()).stream()
        .filter(pod -> pod.readiness() == Readiness.READY)
        .findFirst();
  }
}
