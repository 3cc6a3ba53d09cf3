// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.render.PlanView.Detail;
import dev.latchkey.core.fleet.Budget;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.RolloutWish;
import dev.latchkey.core.fleet.RolloutWish.OnFailure;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.Target.Presence;
import dev.latchkey.core.fleet.Wave;
import dev.latchkey.core.fleet.Wave.Members;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.Access;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.rollout.Forecast;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WavePlanTest {
  private static final Wave CANARY =
      new Wave(
          "canary",
          Members.Named.of(List.of(new ClusterName("aks-1"))),
          Wave.MOST_PARALLEL,
          new Budget.Count(0),
          Duration.ofMinutes(10));
  private static final Wave REST =
      new Wave("rest", new Members.Rest(), 8, new Budget.Share(10), Duration.ZERO);

  @Test
  void saysNothingWhereTheFileNamesNoWaves() {
    assertThat(WavePlan.of(fleet(RolloutWish.sideBySide())).isEmpty()).isTrue();
  }

  @Test
  void saysWhatEachWaveMayAndWhatEndsTheRollout() {
    assertThat(words(OnFailure.STOP, CANARY, REST))
        .isEqualTo(
            "1 in canary (watched for 10 min), then 42 in rest (at most 8 at once, 4 may fail);"
                + " stops when more fail");
  }

  @Test
  void saysOnceWhatHoldsOfEveryWave() {
    Wave named =
        new Wave(
            "europe",
            Members.Named.of(IntStream.rangeClosed(1, 20).mapToObj(WavePlanTest::name).toList()),
            8,
            new Budget.Count(0),
            Duration.ZERO);
    Wave others = new Wave("others", new Members.Rest(), 8, new Budget.Count(0), Duration.ZERO);

    assertThat(words(OnFailure.ROLL_BACK, named, others))
        .isEqualTo(
            "20 in europe, then 23 in others; at most 8 at once; stops and goes back at the first"
                + " failure");
  }

  @Test
  void leavesOutALimitThatLimitsNothing() {
    assertThat(words(OnFailure.CONTINUE, CANARY))
        .isEqualTo("43 in canary; watched for 10 min; goes on at the first failure");
  }

  @Test
  void standsInThePlanAsTextAndJson() {
    Plan plan = plan(new RolloutWish(List.of(CANARY, REST), OnFailure.STOP));
    Forecast forecast = Forecast.of(plan, Limits.azure());

    assertThat(PlanView.of(plan, forecast, Screen.endless(Screen.Letters.UNICODE), Detail.GROUPED))
        .contains(
            "Waves      1 in canary (watched for 10 min), then 1 in rest; stops at the first"
                + " failure")
        .anyMatch(line -> line.endsWith("the waves decide, no limit of Azure's"));
    assertThat(PlanView.of(plan, forecast, Screen.endless(Screen.Letters.UNICODE), Detail.ALL))
        .contains("aks-1   (wave canary)", "aks-2   (wave rest)");
    JsonNode rollout =
        JsonMapper.shared().readTree(PlanDocument.of(plan, forecast)).path("rollout");
    assertThat(rollout)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"onFailure": "stop", "waves": [
                      {"name": "canary", "maxParallel": 1000, "maxFailures": 0, "soakSeconds": 600,
                       "clusters": ["aks-1"]},
                      {"name": "rest", "maxParallel": 8, "maxFailures": 0, "soakSeconds": 0,
                       "clusters": ["aks-2"]}]}"""));
  }

  private static Plan plan(RolloutWish wish) {
    Plan plan =
        Plans.plan(List.of(Plans.bare("aks-1"), Plans.bare("aks-2")), Access.none(), List.of());
    return new Plan(
        new Fleet("orders", plan.fleet().targets(), wish),
        plan.clusters(),
        plan.access(),
        plan.quotas());
  }

  private static String words(OnFailure onFailure, Wave... waves) {
    return WavePlan.of(fleet(new RolloutWish(List.of(waves), onFailure))).words();
  }

  private static Fleet fleet(RolloutWish wish) {
    List<Target> targets =
        IntStream.rangeClosed(1, 43)
            .mapToObj(number -> Scripts.target(name(number).value(), Presence.REQUIRED))
            .toList();
    return new Fleet("orders", targets, wish);
  }

  private static ClusterName name(int number) {
    return new ClusterName("aks-" + number);
  }
}
