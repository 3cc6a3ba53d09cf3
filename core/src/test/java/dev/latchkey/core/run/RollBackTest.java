// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.plan.Value;
import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.Workloads.Rollout;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ObservedCluster.SignIn;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.resource.ReleaseCopy;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.step.Observed;
import dev.latchkey.core.step.Samples;
import dev.latchkey.core.step.StepProblem;
import dev.latchkey.core.step.Steps;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Going back to the last good revision.
class RollBackTest {
  private static final Kubeconfig KUBECONFIG =
      new Kubeconfig(Samples.CLUSTER, SignIn.ENTRA_AZURE_RBAC, "");
  private static final Rollout STUCK =
      new Rollout.Stuck("Deployment/orders", "ImagePullBackOff", "no such image", List.of());

  private final World world = new World("aks-weu-1");
  private final Target target = Samples.target();
  private final Steps steps = new Steps("https://login.microsoftonline.com/", "latchkey-probe-1");

  @Test
  void goesBackToTheRevisionThatServedBefore() throws InterruptedException {
    deploy();
    List<Change> made = changeThatGetsStuck();

    ClusterWork work = work();
    String note = steps.rollBack().apply(made, work);

    assertThat(note).isEqualTo("revision 1 is back as revision 3: 1 pod ready");
    assertThat(work.changes())
        .containsExactly(
            new Change.Update(
                new Thing(Kind.RELEASE, "orders/orders"),
                Settings.of("revision", Value.of("2")),
                Settings.of("revision", Value.of("3")),
                "back to revision 1"));
    assertThat(work.proofs()).isNotEmpty();
    assertThat(world.history.get(Samples.CLUSTER.key()))
        .extracting(release -> release.status() + ", " + release.description())
        .containsExactly(
            "deployed, deployed by latchkey, back to revision 1",
            "superseded, deployed by latchkey",
            "superseded, deployed by latchkey");
  }

  @Test
  void passesOverRevisionsThatHelmCouldNotWrite() throws InterruptedException {
    deploy();
    editValues();
    world.refusals.add(new StepProblem.Bug("a webhook refuses it"));
    deploy();
    List<Change> made = changeThatGetsStuck();

    String note = steps.rollBack().apply(made, work());

    assertThat(note).startsWith("revision 1 is back as revision 4");
  }

  @Test
  void countsARevisionThatHelmCouldNotWriteAsChanged() throws InterruptedException {
    deploy();
    editValues();
    world.refusals.add(new StepProblem.Bug("a webhook refuses it"));

    List<Change> made = changes(deploy());

    assertThat(made)
        .containsExactly(
            new Change.Update(
                new Thing(Kind.RELEASE, "orders/orders"),
                Settings.of("revision", Value.of("1")),
                Settings.of("revision", Value.of("2")).and("status", Value.of("failed")),
                ""));
    assertThat(steps.rollBack().apply(made, work())).startsWith("revision 1 is back as revision 3");
  }

  @Test
  void leavesAFirstInstallThatFailedAsItIs() throws InterruptedException {
    world.rollouts.add(STUCK);
    List<Change> made = changes(deploy());
    world.writes.clear();

    String note = steps.rollBack().apply(made, work());

    assertThat(note)
        .isEqualTo("there is no earlier revision that was deployed; revision 1 stays as it is");
    assertThat(world.writes).isEmpty();
  }

  @Test
  void leavesAReleaseThatThisRunDidNotChange() throws InterruptedException {
    deploy();
    changeThatGetsStuck();
    world.writes.clear();

    assertThat(steps.rollBack().apply(List.of(), work()))
        .isEqualTo("this run did not change the release, so it stays");
    assertThat(world.writes).isEmpty();
  }

  @Test
  void leavesWhatSomebodyElseHasWrittenSince() throws InterruptedException {
    deploy();
    List<Change> made = changeThatGetsStuck();
    world.add(KUBECONFIG, World.with(newest(), 3, "deployed", "Rollback to 1"));
    world.writes.clear();

    assertThat(steps.rollBack().apply(made, work()))
        .isEqualTo("somebody else has written revision 3 since, so it stays");
    assertThat(world.writes).isEmpty();
  }

  @Test
  void saysSoWhenTheEarlierRevisionDoesNotServeEither() throws InterruptedException {
    deploy();
    List<Change> made = changeThatGetsStuck();
    world.rollouts.add(STUCK);
    ClusterWork work = work();

    var failure =
        catchThrowableOfType(ProblemException.class, () -> steps.rollBack().apply(made, work));

    assertThat(failure.problem().code()).isEqualTo("roll-back-failed");
    assertThat(failure.problem().text().what())
        .isEqualTo(
            "The roll-back to revision 1 failed: `Deployment/orders` cannot start:"
                + " ImagePullBackOff.");
    assertThat(work.changes()).hasSize(1);
  }

  /// Helm's records do not tell that an earlier run failed at it.
  @Test
  void goesFurtherBackWhereTheRevisionBeforeNeverServed() throws InterruptedException {
    deploy();
    changeThatGetsStuck();
    List<Change> made = changeThatGetsStuck();
    world.rollouts.add(STUCK);
    ClusterWork work = work();

    String note = steps.rollBack().apply(made, work);

    assertThat(note)
        .isEqualTo(
            "revision 1 is back as revision 5 since revision 2 did not serve either: 1 pod ready");
    assertThat(work.changes())
        .extracting(change -> ((Change.Update) change).note())
        .containsExactly("back to revision 2", "back to revision 1");
  }

  @Test
  void goesNoFurtherBackWhereHelmRefuses() throws InterruptedException {
    deploy();
    changeThatGetsStuck();
    List<Change> made = changeThatGetsStuck();
    world.refusals.add(new StepProblem.Bug("a webhook refuses it"));
    ClusterWork work = work();

    var failure =
        catchThrowableOfType(ProblemException.class, () -> steps.rollBack().apply(made, work));

    assertThat(failure.problem().text().what()).startsWith("The roll-back to revision 2 failed: ");
    assertThat(work.changes()).isEmpty();
  }

  /// Another revision, whose pods do not start.
  private List<Change> changeThatGetsStuck() throws InterruptedException {
    editValues();
    world.rollouts.add(STUCK);
    return changes(deploy());
  }

  /// The record differs now from what the file wants.
  private void editValues() {
    world.releases.computeIfPresent(
        Samples.CLUSTER.key(),
        (_, release) -> ReleaseCopy.of(release).chartDigest("digest-0").made());
  }

  private Release newest() {
    return Objects.requireNonNull(world.releases.get(Samples.CLUSTER.key()));
  }

  private ClusterResult deploy() throws InterruptedException {
    return new Runner(world.ports(), Limits.azure(), steps, List.of())
        .deploy(fleet())
        .clusters()
        .getFirst();
  }

  private static List<Change> changes(ClusterResult result) {
    Outcome outcome = Objects.requireNonNull(result.steps().get(Step.HELM_RELEASE)).outcome();
    return outcome.changes();
  }

  private Fleet fleet() {
    return new Fleet("orders", List.of(target));
  }

  private ClusterWork work() throws InterruptedException {
    Seen seen = new Observer(world.ports(), Limits.azure(), steps).look(fleet()).of(target.name());
    var facts = new SettledFacts();
    Observed.facts(target, seen).forEach(facts::settle);
    return new ClusterWork(
        target,
        seen,
        Step.HELM_RELEASE,
        world.ports(),
        Limits.azure(),
        facts,
        new ClusterWatch(world.time, Limits.azure(), world),
        new TokenBoard(world.time),
        new Bulletin(List.of()));
  }
}
