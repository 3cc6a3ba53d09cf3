// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.port.Kubeconfig;
import dev.latchkey.core.port.Ports;
import dev.latchkey.core.port.Releases;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.resource.ResourceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Earlier revisions are brought back from Helm's own records.
class RollBackTest {
  private static final String CLUSTER = "aks-weu-1";
  private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/orders/deployments/orders";

  @TempDir Path folder;

  @Test
  void deploysChartAndValuesOfTheEarlierRevisionAgain() {
    try (var stage = Stage.of(1, folder)) {
      stage.deploy();
      stage.deploy(file -> file.replace("replicaCount: 1", "replicaCount: 3"));
      assertThat(replicas(stage)).isEqualTo(3);

      List<Release> after =
          stage.ask(ports -> backToTheOldest(ports.releases(), kubeconfig(ports)));

      assertThat(replicas(stage)).isEqualTo(1);
      assertThat(after)
          .extracting(release -> release.revision() + " " + release.status())
          .containsExactly("3 deployed", "2 superseded", "1 superseded");
      assertThat(after.getFirst().chartDigest()).isEqualTo(after.getLast().chartDigest());
      assertThat(after.getFirst().values()).isEqualTo(after.getLast().values());
      assertThat(leftFolders()).isEmpty();
      assertThat(stage.deploy().changes()).as("it is as revision 1 was").isZero();
    }
  }

  private static List<String> leftFolders() {
    String own = "latchkey-chart-" + ProcessHandle.current().pid();
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(own))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Release> backToTheOldest(Releases releases, Kubeconfig kubeconfig) {
    Release oldest = releases.history(kubeconfig, "orders", "orders").getLast();
    releases.rollBack(kubeconfig, oldest, "back");
    return releases.history(kubeconfig, "orders", "orders");
  }

  private static Kubeconfig kubeconfig(Ports ports) {
    return ports.clusters().kubeconfig(ResourceId.cluster(Stage.SUBSCRIPTION, "rg-weu", CLUSTER));
  }

  private static int replicas(Stage stage) {
    return stage.cluster(CLUSTER, "GET", DEPLOYMENT, "").at("/spec/replicas").asInt();
  }
}
