// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.render.ClusterStatus.Condition;
import dev.latchkey.cli.render.ClusterStatus.Pods;
import dev.latchkey.cli.render.ClusterStatus.Setup;
import dev.latchkey.cli.render.ClusterStatus.Thing;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusViewTest {
  private static final Setup RIGHT = new Setup(Thing.RIGHT, Thing.RIGHT, Thing.RIGHT);

  @Test
  void putsAlikeClustersOfALargeFleetInOneLine() {
    Golden.check("status-thousand.txt", text(thousand(), 140));
  }

  @Test
  void givesEachClusterOfASmallFleetItsOwnLine() {
    FleetStatus thousand = thousand();
    var few = new FleetStatus(thousand.fleet(), thousand.clusters().subList(0, 4));

    Golden.check("status-few.txt", text(few, 140));
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 80, 300})
  void neverIsWiderThanTheScreen(int width) {
    assertThat(text(thousand(), width).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
  }

  /// Of a hundred: one drifts, one is stopped, one could not be looked at.
  private static FleetStatus thousand() {
    Fleet fleet =
        Scripts.manyBegun(1000).stream()
            .filter(Event.Planned.class::isInstance)
            .map(Event.Planned.class::cast)
            .map(planned -> planned.plan().fleet())
            .findFirst()
            .orElseThrow();
    var clusters = new ArrayList<ClusterStatus>();
    for (Target target : fleet.targets()) {
      clusters.add(
          switch (clusters.size() % 100) {
            case 1 ->
                status(
                    target,
                    Condition.DRIFT,
                    List.of("federated credential differs: somebody changed the issuer"));
            case 2 -> status(target, Condition.STOPPED, List.of("the cluster is stopped"));
            case 3 -> status(target, Condition.UNKNOWN, List.of("The API server does not answer."));
            default -> status(target, Condition.AS_WANTED, List.of());
          });
    }
    return new FleetStatus(fleet, clusters);
  }

  /// Without them another fleet would be deployed.
  @Test
  void repeatsInWhatComesNextHowTheClustersWereChosen() {
    var screen = new Screen(Screen.Letters.UNICODE, Screen.Colours.OFF, 100, 40);

    assertThat(StatusView.of(thousand(), screen, Scripts.START, " -f dev.yaml --only aks-weu-1"))
        .endsWith("next    latchkey deploy -f dev.yaml --only aks-weu-1");
  }

  /// A deployment that changes nothing mends no broken release; verify says why it is broken.
  @Test
  void leadsFromBrokenClustersToWhatExplainsThem() {
    Target target = thousand().fleet().targets().getFirst();
    ClusterStatus broken = status(target, Condition.BROKEN, List.of("1 of 3 pods ready"));
    var fleet = new FleetStatus(thousand().fleet(), List.of(broken));

    assertThat(text(fleet, 100)).endsWith("next    latchkey verify\n");
  }

  private static ClusterStatus status(Target target, Condition condition, List<String> reasons) {
    boolean seen = condition == Condition.AS_WANTED || condition == Condition.DRIFT;
    return new ClusterStatus(
        target,
        condition,
        seen ? RIGHT : new Setup(Thing.RIGHT, Thing.UNKNOWN, Thing.UNKNOWN),
        seen ? Optional.of(2) : Optional.empty(),
        Optional.empty(),
        seen ? Optional.of(new Pods(3, 3)) : Optional.empty(),
        Optional.of(
            new LastDeploy(
                "r-1", Scripts.START.minus(Duration.ofHours(5)), seen ? "changed" : "cut")),
        reasons);
  }

  private static String text(FleetStatus fleet, int width) {
    var screen = new Screen(Screen.Letters.UNICODE, Screen.Colours.OFF, width, 40);
    return String.join("\n", StatusView.of(fleet, screen, Scripts.START, "")) + "\n";
  }
}
