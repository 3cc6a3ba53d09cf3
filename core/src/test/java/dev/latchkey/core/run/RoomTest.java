// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.VaultAccess.Means;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Quota;
import dev.latchkey.core.plan.Quota.Standing;
import dev.latchkey.core.plan.Quota.Used;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.step.Samples;
import dev.latchkey.core.step.StepProblem;
import dev.latchkey.core.step.Steps;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Two clusters with two secrets each: four role assignments.
class RoomTest {
  private final World world = new World("aks-weu-1", "aks-neu-1");
  private final Fleet fleet =
      new Fleet(
          "orders",
          List.of(
              Samples.target("aks-weu-1", Management.ALL, Means.ROLES),
              Samples.target("aks-neu-1", Management.ALL, Means.ROLES)));

  @Test
  void countsWhatTheSubscriptionHasBeforeAnyIsMade() throws InterruptedException {
    world.rolesOfOthers = 100;

    assertThat(plan().quotas()).containsExactly(new Quota("s-1", new Used.Counted(100), 4));
  }

  @Test
  void doesNotCountWhereNoneIsMade() throws InterruptedException {
    runner().deploy(fleet);

    assertThat(plan().quotas()).isEmpty();
  }

  @Test
  void warnsFromNineTenthsOn() {
    assertThat(new Quota("s-1", new Used.Counted(3_595), 4).standing()).isEqualTo(Standing.ROOM);
    assertThat(new Quota("s-1", new Used.Counted(3_596), 4).standing())
        .isEqualTo(Standing.NEARLY_FULL);
    assertThat(new Quota("s-1", new Used.Counted(3_996), 4).standing())
        .isEqualTo(Standing.NEARLY_FULL);
    assertThat(new Quota("s-1", new Used.Counted(3_997), 4).standing())
        .isEqualTo(Standing.EXCEEDED);
  }

  @Test
  void assignsNothingWhereNotAllOfItFits() throws InterruptedException {
    world.rolesOfOthers = 3_997;

    Summary summary = runner().deploy(fleet);

    Problem full = new StepProblem.RoleAssignmentsFull("s-1", 3_997, 4, 4_000);
    assertThat(summary.clusters())
        .flatExtracting(cluster -> cluster.problems().values())
        .containsExactly(full, full);
    assertThat(summary.clusters()).noneMatch(ClusterResult::succeeded);
    assertThat(world.roles).isEmpty();
    assertThat(plan().access().added()).isEmpty();
    assertThat(full.text().next()).contains("keyVault.access: condition");
  }

  private Plan plan() throws InterruptedException {
    return runner().plan(fleet).plan();
  }

  private Runner runner() {
    return new Runner(
        world.ports(),
        Limits.azure(),
        new Steps("https://login.microsoftonline.com/", "latchkey-probe-1"),
        List.of());
  }
}
