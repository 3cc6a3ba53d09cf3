// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.render.LastDeploy;
import dev.latchkey.cli.render.Scripts;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastDeploysTest {
  private static final String OLD = "20261124-140211-00000000";
  private static final String NEW = "20261125-140211-00000000";
  private static final InstantSource CLOCK = InstantSource.fixed(Scripts.START.plusSeconds(9));

  @TempDir Path directory;

  @Test
  void tellsHowTheLastDeploymentOfEachClusterEnded() throws IOException {
    record(OLD, Scripts.issuerDiffers());

    assertThat(last("aks-weu-1", "aks-neu-1"))
        .containsEntry(id("aks-weu-1"), deploy(OLD, "changed"))
        .containsEntry(id("aks-neu-1"), deploy(OLD, "failed"));
  }

  @Test
  void takesTheNewestRecordThatHasTheCluster() throws IOException {
    record(OLD, Scripts.allProven());
    record(NEW, Scripts.issuerDiffers());

    assertThat(last("aks-weu-1", "aks-sea-1"))
        .containsEntry(id("aks-weu-1"), deploy(NEW, "changed"))
        .containsEntry(id("aks-sea-1"), deploy(OLD, "changed"));
  }

  @Test
  void tellsOfAKilledRunWhoseLastLineIsTornThatItWasCut() throws IOException {
    record(NEW, Scripts.until(Scripts.allProven(), Duration.ofSeconds(5)));
    Files.writeString(
        new RunFolders(directory).of(NEW).resolve("events.jsonl"),
        "{\"at\":\"2026-11-24T14:02:17Z\",\"event\":\"stepEnded\",\"clus",
        StandardOpenOption.APPEND);

    assertThat(last("aks-weu-1")).containsEntry(id("aks-weu-1"), deploy(NEW, "cut"));
  }

  @Test
  void takesNeitherAProofNorAnotherApplicationForADeployment() throws IOException {
    record(
        NEW,
        Scripts.allProven().stream()
            .map(
                event ->
                    event instanceof Event.Planned(var at, var plan)
                        ? new Event.Planned(at, new Plan(plan.fleet(), List.of()))
                        : event)
            .toList());

    assertThat(last("aks-weu-1")).isEmpty();
    record(OLD, Scripts.allProven());
    assertThat(LastDeploys.of(new RunFolders(directory), "payments", List.of(id("aks-weu-1"))))
        .isEmpty();
  }

  private void record(String run, List<Event> events) throws IOException {
    try (var record = RunRecord.begin(new RunFolders(directory), run, CLOCK)) {
      Scripts.tell(events, record);
    }
  }

  private Map<String, LastDeploy> last(String... clusters) {
    return LastDeploys.of(
        new RunFolders(directory),
        "orders",
        List.of(clusters).stream().map(LastDeploysTest::id).toList());
  }

  private static LastDeploy deploy(String run, String ending) {
    return new LastDeploy(run, Scripts.START.plusMillis(700), ending);
  }

  private static String id(String cluster) {
    return "/subscriptions/11111111-2222-3333-4444-555555555555/resourcegroups/rg-%s/providers/microsoft.containerservice/managedclusters/%s"
        .formatted(cluster, cluster);
  }
}
