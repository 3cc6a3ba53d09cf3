// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.Summary;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.VaultAccess;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.resource.FixedObject;
import dev.latchkey.core.resource.FixedObject.FixedField;
import dev.latchkey.core.resource.LiveDrift;
import dev.latchkey.core.resource.LiveDrift.Gone;
import dev.latchkey.core.step.Samples;
import dev.latchkey.core.step.StepProblem;
import dev.latchkey.core.step.Steps;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LiveLookTest {
  private static final String[] NAMES = {"aks-weu-1", "aks-weu-2"};

  private final World world = new World(NAMES);
  private final Fleet fleet =
      new Fleet("orders", Stream.of(NAMES).map(LiveLookTest::target).toList());

  @Test
  void readsObjectsOnlyWhereTheReleaseWouldBeLeftAlone() throws InterruptedException {
    runner().plan(fleet);
    assertThat(looks()).isEmpty();
    runner().deploy(fleet);
    world.releases.remove(fleet.targets().getFirst().cluster().key());

    runner().plan(fleet);

    assertThat(looks()).containsExactly("objects on aks-weu-2");
  }

  @Test
  void aReleaseThatCannotBeUpgradedIsPlannedAsBlockedAndNotWritten() throws InterruptedException {
    runner().deploy(fleet);
    Target first = fleet.targets().getFirst();
    world.releases.computeIfPresent(
        first.cluster().key(), (_, release) -> World.with(release, 1, "failed", "cut"));
    var selector =
        new FixedField("spec.selector.matchLabels.version", Optional.of("1"), Optional.of("2"));
    var deployment =
        new FixedObject("Deployment", Optional.of("orders"), "orders", List.of(selector));
    world.fixed.put(first.cluster().key(), List.of(deployment));
    world.writes.clear();

    Summary summary = runner().deploy(fleet);

    assertThat(world.writes).isEmpty();
    assertThat(summary.clusters().getFirst().problems().get(Step.HELM_RELEASE))
        .isEqualTo(new StepProblem.FieldsFixed(List.of(deployment)));
  }

  @Test
  void oneClusterIsSetBackAndTheOtherLeftAlone() throws InterruptedException {
    runner().deploy(fleet);
    world.drifts.put(
        fleet.targets().getFirst().cluster().key(),
        new LiveDrift(List.of(new Gone("Service/orders")), List.of()));
    world.writes.clear();

    assertThat(runner().deploy(fleet).changes()).isEqualTo(1);

    assertThat(world.writes).containsExactly("release on aks-weu-1");
    assertThat(world.releases.values())
        .extracting(release -> release.description().replaceAll("[0-9a-f]{16}", "…"))
        .containsExactlyInAnyOrder("deployed by latchkey, set back …", "deployed by latchkey");
    assertThat(runner().deploy(fleet).changes()).isZero();
  }

  @Test
  void aClusterThatDoesNotAnswerIsToldAndFailsNothing() throws InterruptedException {
    runner().deploy(fleet);
    world.objectsRefused =
        Optional.of(new AzureProblem.Unreachable("Reading objects", "aks", "it restarts"));

    List<StepPlan> steps = releases(runner().plan(fleet).plan());

    assertThat(steps).noneMatch(StepPlan::changesSomething);
    assertThat(steps)
        .allSatisfy(
            step ->
                assertThat(step.findings())
                    .singleElement()
                    .asString()
                    .startsWith("not compared with the release: objects: Reading objects"));
  }

  @Test
  void aVerificationReadsNoObjects() throws InterruptedException {
    runner().deploy(fleet);

    runner().verify(fleet);

    assertThat(looks()).isEmpty();
  }

  private List<String> looks() {
    return world.reads.stream().filter(read -> read.startsWith("objects")).toList();
  }

  private static List<StepPlan> releases(Plan plan) {
    return plan.clusters().stream()
        .map(cluster -> cluster.step(Step.HELM_RELEASE).orElseThrow())
        .toList();
  }

  private Runner runner() {
    return new Runner(
        world.ports(),
        Limits.azure(),
        new Steps("https://login.microsoftonline.com/", "latchkey-probe-1"),
        List.of());
  }

  private static Target target(String name) {
    return Samples.target(name, Management.ALL, VaultAccess.Means.ROLES);
  }
}
