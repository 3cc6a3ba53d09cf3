// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.core.fleet.ChartWish;
import dev.latchkey.core.port.Releases.RenderedAccount;
import dev.latchkey.core.port.Releases.RenderedWorkload;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.Token;
import dev.latchkey.kubernetes.access.ApiServers;
import dev.latchkey.kubernetes.manifest.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Renders through Helm's own code.
class ChartRenderingTest {
  private static final Path CHART = Path.of("src/test/resources/charts/typed").toAbsolutePath();
  private static final ApiServers SERVERS = new ApiServers(() -> new Token("none"), "test");
  private static final HelmJavaReleases RELEASES = new HelmJavaReleases(SERVERS, Map.of());

  @BeforeAll
  static void helmRunsHere() {
    boolean linux =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64");
    Assumptions.assumeTrue(linux, "Helm's native library comes for Linux on amd64 only");
  }

  @AfterAll
  static void close() {
    RELEASES.close();
    SERVERS.close();
  }

  @Test
  void valuesKeepTheirTypes() {
    var typed =
        Map.<String, Object>of(
            "text",
            "123",
            "yes",
            "yes",
            "exponent",
            "1e3",
            "version",
            "1.10",
            "number",
            7,
            "big",
            12345678901L,
            "truth",
            true,
            "list",
            List.of("a", "02"),
            "tree",
            Map.of("empty", ""));

    var rendered = RELEASES.render(wish(CHART), "shop", new ChartValues(Map.of("typed", typed)));

    Manifest.Item types =
        Manifest.parse(rendered.manifest()).objects().stream()
            .filter(object -> object.kind().equals("ConfigMap"))
            .findFirst()
            .orElseThrow();
    assertThat(types.at("data"))
        .contains(
            Map.of(
                "text", "string \"123\"",
                "yes", "string \"yes\"",
                "exponent", "string \"1e3\"",
                "version", "string \"1.10\"",
                "number", "float64 7",
                "big", "float64 12345678901",
                "truth", "bool true",
                "list", "slice [\"a\",\"02\"]",
                "tree", "map {\"empty\":\"\"}"));
  }

  @Test
  void findsTheServiceAccountAndWhoUsesIt() {
    var values = new ChartValues(Map.of("identity", Map.of("clientId", "0123e567")));

    var rendered = RELEASES.render(wish(CHART), "shop", values);

    assertThat(rendered.chart()).isEqualTo("typed 0.2.0");
    assertThat(rendered.objects()).hasSize(3);
    assertThat(rendered.serviceAccounts())
        .containsExactly(new RenderedAccount("orders", Optional.of("0123e567")));
    assertThat(rendered.workloads())
        .containsExactly(new RenderedWorkload("Deployment/shop", "orders", Optional.of("true")));
  }

  @Test
  void leavesNoFileOfValuesBehind() throws Exception {
    String own = "latchkey-" + ProcessHandle.current().pid() + "-";

    RELEASES.render(wish(CHART), "shop", new ChartValues(Map.of("password", "hunter2")));

    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith(own));
    }
  }

  @Test
  void aChartThatDoesNotRenderIsAProblemOfTheChart() {
    var values = new ChartValues(Map.of("serviceAccount", "not a map"));

    var failure =
        catchThrowableOfType(
            ProblemException.class, () -> RELEASES.render(wish(CHART), "shop", values));

    assertThat(failure.problem()).isInstanceOf(HelmProblem.ChartBroken.class);
  }

  @Test
  void refusesToRunWhileVariablesOfHelmAreSet() {
    try (var releases =
        new HelmJavaReleases(
            SERVERS, Map.of("HELM_DRIVER", "memory", "KUBECONFIG", "/x", "PATH", "/bin"))) {
      var failure =
          catchThrowableOfType(
              ProblemException.class,
              () -> releases.render(wish(CHART), "shop", ChartValues.none()));

      assertThat(failure.problem())
          .isEqualTo(new HelmProblem.EnvironmentInTheWay(List.of("HELM_DRIVER", "KUBECONFIG")));
    }
  }

  @Test
  void aChartInARegistryIsToldApart() {
    var wish =
        new ChartWish(
            "oci://registry.example/charts/app",
            Optional.of("1.0.0"),
            "shop",
            ChartValues.none(),
            Map.of());

    var failure =
        catchThrowableOfType(
            ProblemException.class, () -> RELEASES.render(wish, "shop", ChartValues.none()));

    assertThat(failure.problem())
        .isEqualTo(new HelmProblem.ChartNotLocal("oci://registry.example/charts/app"));
  }

  private static ChartWish wish(Path chart) {
    return new ChartWish(chart.toString(), Optional.empty(), "shop", ChartValues.none(), Map.of());
  }
}
