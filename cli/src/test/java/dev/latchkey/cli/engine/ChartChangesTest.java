// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Charts that change from one run to the next, not always for the better.
class ChartChangesTest {
  private static final Path ORIGINAL =
      Path.of(System.getProperty("latchkey.root")).resolve("charts/workload");
  private static final String CLUSTER = "aks-weu-1";

  @TempDir Path folder;
  private Path chart;

  @BeforeEach
  void copyTheChart() throws IOException {
    chart = Files.createDirectory(folder.resolve("chart"));
    try (Stream<Path> files = Files.walk(ORIGINAL)) {
      for (Path file : files.skip(1).toList()) {
        Files.copy(file, chart.resolve(ORIGINAL.relativize(file).toString()));
      }
    }
  }

  @Test
  void goesOnAfterAFirstInstallThatFailed() throws IOException {
    Path broken = write("templates/elsewhere.yaml", map("settings", "namespace: nowhere", "a"));
    try (var stage = Stage.of(1, folder)) {
      ClusterResult first = deploy(stage);
      Files.delete(broken);
      ClusterResult second = deploy(stage);

      assertThat(Stage.told(first, Step.HELM_RELEASE))
          .startsWith("release-refused: ")
          .contains("namespaces \"nowhere\" not found");
      assertThat(Stage.steps(second)).contains("release changed", "verify unchanged");
    }
  }

  @Test
  void namesTheFieldThatNobodyMayChange() throws IOException {
    try (var stage = Stage.of(1, folder)) {
      deploy(stage);
      Path helpers = chart.resolve("templates/_helpers.tpl");
      Files.writeString(
          helpers,
          Files.readString(helpers)
              .replace("app.kubernetes.io/instance:", "tier: web\napp.kubernetes.io/instance:"));

      ClusterResult weu = deploy(stage);

      assertThat(Stage.told(weu, Step.HELM_RELEASE))
          .isEqualTo(
              """
              release-field-immutable: The chart changes what Kubernetes lets nobody change in the Deployment `orders`.
              seen: field    Deployment/orders spec.selector.matchLabels.tier
              seen: cluster  (none)
              seen: chart    web
              why: Only a new object can have other values there. The release is not written: what runs goes on. A selector should hold only labels that no version changes.
              next: leave these fields in the chart as they are in the cluster; or, once and where the object may be gone for a moment, kubectl delete deployment orders --namespace orders, then deploy again""");

      stage.cluster(CLUSTER, "DELETE", "/apis/apps/v1/namespaces/orders/deployments/orders", "");

      assertThat(deploy(stage).succeeded()).as("it is made anew once it is deleted").isTrue();
    }
  }

  @Test
  void deploysASubchartThatChangedWithoutItsVersion() throws IOException {
    Files.delete(chart.resolve("values.schema.json")); // it allows no values of subcharts
    write("charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.0.0\n");
    write("charts/db/templates/map.yaml", map("db", "labels: {}", "one"));
    try (var stage = Stage.of(1, folder)) {
      deployWell(stage);
      assertThat(deployWell(stage).changes()).isZero();

      write("charts/db/templates/map.yaml", map("db", "labels: {}", "two"));

      assertThat(deployWell(stage).changes()).isEqualTo(1);
      assertThat(
              stage
                  .cluster(CLUSTER, "GET", "/api/v1/namespaces/orders/configmaps/db", "")
                  .at("/data/value")
                  .asString())
          .isEqualTo("two");
      assertThat(deployWell(stage).changes()).isZero();
    }
  }

  private ClusterResult deploy(Stage stage) {
    return Stage.result(
        stage.deploy(file -> file.replace(ORIGINAL.toString(), chart.toString())), CLUSTER);
  }

  private ClusterResult deployWell(Stage stage) {
    ClusterResult result = deploy(stage);
    assertThat(result.problems()).as("%s", Stage.steps(result)).isEmpty();
    return result;
  }

  private static String map(String name, String metadata, String value) {
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata: { name: %s, %s }
        data: { value: %s }
        """
        .formatted(name, metadata, value);
  }

  private Path write(String file, String text) throws IOException {
    Path path = chart.resolve(file);
    Files.createDirectories(path.resolveSibling("."));
    return Files.writeString(path, text);
  }
}
