// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Event.Selected.Turn;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ResourceId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fleets that are found in Azure.
class SelectionsTest {
  private static final String CLUSTERS = "2025-07-01";

  @TempDir Path folder;

  private static String prod(String file) {
    return file.substring(0, file.indexOf("clusters:\n"))
        + "clusters:\n  - select:\n      subscriptions: [\""
        + Stage.SUBSCRIPTION
        + "\"]\n      tags: { env: prod }\n";
  }

  @Test
  void deploysToTheClustersThatItFindsAndTellsThemFirst() {
    try (var stage = Stage.of(2, folder)) {
      var summary = stage.deploy(SelectionsTest::prod);

      assertThat(summary.complete()).isTrue();
      assertThat(summary.clusters())
          .extracting(cluster -> cluster.target().name().value())
          .containsExactly("aks-neu-1", "aks-weu-1");
      assertThat(stage.events.getFirst())
          .isInstanceOfSatisfying(
              Event.Selected.class,
              selected -> {
                assertThat(names(selected.clusters())).containsExactly("aks-neu-1", "aks-weu-1");
                assertThat(selected.managed()).hasValue(0);
                assertThat(selected.turn()).isEqualTo(Turn.GRADUAL);
              });
      assertThat(stage.deploy(SelectionsTest::prod).changes()).isZero();
    }
  }

  @Test
  void changesNothingWhenTheSelectionChangesSuddenlyUnlessThatIsAccepted() {
    try (var stage = Stage.of(2, folder)) {
      stage.deploy(SelectionsTest::prod);
      stage.arm("PATCH", Stage.clusterId("aks-neu-1"), CLUSTERS, "{\"tags\":{\"env\":\"test\"}}");
      stage.events.clear();

      assertThatThrownBy(() -> stage.deploy(SelectionsTest::prod))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e ->
                  assertThat(Stage.told(e.problem()))
                      .isEqualTo(
                          """
                          selection-changed-suddenly: The selection changes suddenly: 1 of the 2 clusters that are managed now are selected no more, and 0 are new.
                          seen: selected no more: aks-neu-1
                          why: At most 20% may come or go at once. Nothing was changed.
                          next: correct the clusters' tags or the file; if it is meant: latchkey deploy --accept-selection"""));

      assertThat(stage.events)
          .singleElement()
          .isInstanceOfSatisfying(
              Event.Selected.class,
              selected -> {
                assertThat(names(selected.gone())).containsExactly("aks-neu-1");
                assertThat(selected.turn()).isEqualTo(Turn.SUDDEN);
              });
      var accepted = stage.deployAccepted(SelectionsTest::prod);
      assertThat(accepted.complete()).isTrue();
      assertThat(accepted.clusters()).hasSize(1);
    }
  }

  private static List<String> names(List<ResourceId> clusters) {
    return clusters.stream().map(ResourceId::name).toList();
  }
}
