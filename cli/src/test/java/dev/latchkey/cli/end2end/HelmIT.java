// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.server.Options;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The real helm 3 and helm 4 on a simulated cluster, and what they and latchkey make of each
/// other's releases.
class HelmIT {
  private static final Path CHART = Console.DISTRIBUTION.resolve("charts").resolve("workload");
  private static final String VALUES =
      " --set identity.clientId=11111111-2222-4333-8444-555555555555"
          + " --set identity.tenantId=11111111-1111-4111-8111-111111111111"
          + " --set keyVault.uri=https://kv.vault.azure.net/";
  private static final String WAITS = " --wait --timeout 60s";

  @TempDir static Path root;
  private static World world;

  @BeforeAll
  static void start() throws IOException {
    world = World.start(root, Options.defaults().withClusters(1));
  }

  @AfterAll
  static void stop() throws IOException {
    world.close();
    RequestLogs.keep("helm", world);
  }

  private static Client helm(Release release) {
    return Client.of(world, release.helm());
  }

  /// A small chart with a job before each upgrade and a test.
  private static String probe() throws URISyntaxException {
    return Path.of(Objects.requireNonNull(HelmIT.class.getResource("probe")).toURI()).toString();
  }

  @ParameterizedTest
  @EnumSource
  void installsUpgradesRollsBackAndUninstalls(Release release) throws Exception {
    Client helm = helm(release);
    String place = " -n " + release.namespace();

    assertThat(helm.says("install app " + CHART + VALUES + WAITS + place + " --create-namespace"))
        .contains("STATUS: deployed", "REVISION: 1");
    helm.says("upgrade app " + CHART + VALUES + " --set replicaCount=3" + WAITS + place);
    helm.says("rollback app 1" + WAITS + place);

    assertThat(helm.says("history app" + place).lines().skip(1).map(HelmIT::statusAndReason))
        .containsExactly(
            "1 superseded Install complete",
            "2 superseded Upgrade complete",
            "3 deployed Rollback to 1");
    assertThat(helm.says("get manifest app" + place)).contains("kind: Deployment", "replicas: 2");
    assertThat(helm.says("status app" + place)).contains("STATUS: deployed");
    assertThat(helm.says("uninstall app --wait" + place))
        .isEqualTo("release \"app\" uninstalled\n");
    assertThat(helm.says("list -q" + place)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void runsHooksAndTests(Release release) throws Exception {
    Client helm = helm(release);
    String place = " -n " + release.namespace() + "-hooks";

    helm.says("install probe " + probe() + WAITS + place + " --create-namespace");

    assertThat(helm.says("test probe --logs" + place))
        .contains("TEST SUITE:     probe-test", "Phase:          Succeeded");
  }

  @ParameterizedTest
  @EnumSource
  void takesBackAnUpgradeThatDoesNotBecomeReady(Release release) throws Exception {
    Client helm = helm(release);
    String place = " -n " + release.namespace() + "-atomic";
    String atomic =
        switch (release) {
          case KUBECTL_1_32_HELM_3 -> " --atomic";
          case KUBECTL_1_34_HELM_4 -> " --rollback-on-failure";
        };
    helm.says("install probe " + probe() + WAITS + place + " --create-namespace");

    Ended ended =
        helm.run(
            "upgrade probe "
                + probe()
                + " --set from.secretRef.name=nobody-made-it --timeout 10s"
                + atomic
                + place);

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("UPGRADE FAILED", "has been rolled back");
    assertThat(helm.says("history probe" + place).lines().skip(1).map(HelmIT::status))
        .containsExactly("1 superseded", "2 failed", "3 deployed");
  }

  @Test
  void eachGoesOnWithTheReleasesOfTheOther() throws Exception {
    Client three = helm(Release.KUBECTL_1_32_HELM_3);
    Client four = helm(Release.KUBECTL_1_34_HELM_4);
    String place = " -n both";

    three.says("install old " + probe() + WAITS + place + " --create-namespace");
    four.says("install new " + probe() + WAITS + place);
    assertThat(four.says("list -q" + place)).isEqualTo("new\nold\n");
    assertThat(four.says("get manifest old" + place).strip())
        .isEqualTo(three.says("get manifest old" + place).strip());
    four.says("upgrade old " + probe() + " --set image=probe:2" + WAITS + place);
    three.says("upgrade new " + probe() + " --set image=probe:2" + WAITS + place);

    for (Client helm : new Client[] {three, four}) {
      for (String name : new String[] {"old", "new"}) {
        assertThat(helm.says("history " + name + place).lines().skip(1).map(HelmIT::status))
            .containsExactly("1 superseded", "2 deployed");
      }
    }
  }

  @Test
  void latchkeyAndHelmGoOnWithEachOthersReleases() throws Exception {
    Client three = helm(Release.KUBECTL_1_32_HELM_3);
    Client four = helm(Release.KUBECTL_1_34_HELM_4);
    String place = " -n orders";

    deploy();
    assertThat(three.says("history orders" + place).lines().skip(1).map(HelmIT::status))
        .containsExactly("1 deployed");
    assertThat(four.says("get manifest orders" + place)).contains("kind: ServiceAccount");
    four.says("upgrade orders " + CHART + " --reuse-values --set replicaCount=2" + WAITS + place);
    deploy();

    assertThat(three.says("history orders" + place).lines().skip(1).map(HelmIT::status))
        .containsExactly("1 superseded", "2 superseded", "3 deployed");
    assertThat(four.says("get values orders -o json" + place)).contains("\"replicaCount\":1");
  }

  private static void deploy() throws IOException, InterruptedException {
    Ended ended = world.console().latchkey("deploy", "-f", world.fleet());
    assertThat(ended.code()).as(ended.all()).isZero();
  }

  /// The first and third column of a line of the history.
  private static String status(String line) {
    String[] columns = line.split("\t", -1);
    return columns[0].strip() + " " + columns[2].strip();
  }

  private static String statusAndReason(String line) {
    String[] columns = line.split("\t", -1);
    return status(line) + " " + columns[columns.length - 1].strip();
  }
}
