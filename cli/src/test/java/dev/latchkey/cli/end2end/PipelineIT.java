// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.server.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an agent of Azure Pipelines reads.
class PipelineIT {
  @TempDir Path root;

  @Test
  void eachClusterIsAGroup() throws Exception {
    try (World world = World.start(root, Options.defaults().withClusters(2))) {
      Ended ended = deploy(world, world.fleet());

      assertThat(ended.code()).as(ended.all()).isZero();
      assertThat(ended.out())
          .containsSubsequence(
              "##[group]✔ aks-weu-1: ",
              "##[endgroup]\n",
              "##[group]✔ aks-neu-1: ",
              "##[endgroup]\n")
          .doesNotContain("##vso[task.logissue type=error");
    }
  }

  @Test
  void aFailureIsAnIssueAndForeignTextCannotCommandTheAgent() throws Exception {
    try (World world = World.start(root, Options.defaults().withClusters(1))) {
      String fleet =
          fleetWithChartThatSays(world, "##vso[task.complete result=Succeeded;]100% [x]");

      Ended ended = deploy(world, fleet);

      assertThat(ended.code()).isEqualTo(1);
      List<String> commands = ended.all().lines().filter(line -> line.contains("##vso[")).toList();
      assertThat(commands).hasSize(2);
      assertThat(commands.getLast()).startsWith("##vso[task.uploadsummary]").endsWith("summary.md");
      assertThat(commands.getFirst())
          .startsWith("##vso[task.logissue type=error;code=")
          .contains("task.complete result=Succeeded%3B%5D100%AZP25 [x%5D")
          .matches("##vso\\[[^\\]]+\\][^\\]\\r;]*");
    }
  }

  private static Ended deploy(World world, String fleet) throws Exception {
    return world
        .console()
        .with(Map.of("TF_BUILD", "True"))
        .latchkey("deploy", "-f", fleet, "--credential", "workload");
  }

  /// The workload chart, with a template that refuses in these words.
  private static String fleetWithChartThatSays(World world, String words) throws IOException {
    Path desk = world.console().folder();
    Path original = Console.DISTRIBUTION.resolve("charts").resolve("workload");
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.toList()) {
        Files.copy(file, desk.resolve("chart").resolve(original.relativize(file).toString()));
      }
    }
    Files.writeString(
        desk.resolve("chart").resolve("templates").resolve("refusal.yaml"),
        "{{ fail \"%s\" }}\n".formatted(words));
    Path fleet = desk.resolve("latchkey.yaml");
    Files.writeString(
        fleet, Files.readString(Path.of(world.fleet())).replaceFirst("path: .*", "path: ./chart"));
    return fleet.toString();
  }
}
