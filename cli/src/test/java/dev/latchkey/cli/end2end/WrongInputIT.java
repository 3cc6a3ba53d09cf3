// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.server.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Wrong words and wrong files end with 2, and nothing is asked of Azure.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongInputIT {
  @TempDir static Path root;
  private World world;

  @BeforeAll
  void start() throws Exception {
    world = World.start(root, Options.defaults().withClusters(1));
  }

  @AfterEach
  void nothingWasAsked() throws Exception {
    assertThat(world.requests()).isEmpty();
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void everyMistakeOfAFileIsNamedWithItsPlace() throws Exception {
    Files.writeString(
        world.console().folder().resolve("wrong.yaml"),
        Files.readString(Path.of(world.fleet()))
            .replace("application:", "aplication:")
            .replace("resourceGroup: rg-weu, ", ""));

    assertThat(world.console().latchkey("deploy", "-f", "wrong.yaml"))
        .isEqualTo(
            new Ended(
                2,
                "",
                """
                wrong.yaml:2:1   key application is missing
                wrong.yaml:3:1   unknown key aplication. Did you mean application?
                wrong.yaml:15:5  key resourceGroup is missing in clusters[0]
                3 mistakes. Nothing was sent to Azure.
                """));
  }

  @Test
  void aFileThatIsMissingIsSaid() throws Exception {
    assertThat(world.console().latchkey("deploy", "-f", "missing.yaml"))
        .isEqualTo(
            new Ended(
                2,
                "",
                """
                missing.yaml  there is no such file
                1 mistake. Nothing was sent to Azure.
                """));
  }

  @Test
  void anUnknownOptionIsAnsweredByTheLikeliestOne() throws Exception {
    assertThat(world.console().latchkey("deploy", "--fiel=fleet.yaml"))
        .isEqualTo(
            new Ended(
                2,
                "",
                """
                latchkey: Unknown option: '--fiel=fleet.yaml'
                Possible solutions: --file
                """));
  }

  @Test
  void anUnknownCommandIsAnsweredByTheLikeliestOne() throws Exception {
    assertThat(world.console().latchkey("dploy"))
        .isEqualTo(
            new Ended(
                2,
                "",
                """
                latchkey: Unmatched argument at index 0: 'dploy'
                Did you mean: latchkey deploy or latchkey plan?
                """));
  }

  @Test
  void aClusterThatTheFileDoesNotHaveIsRefused() throws Exception {
    assertThat(world.console().latchkey("deploy", "-f", world.fleet(), "--only", "aks-abc-1"))
        .isEqualTo(
            new Ended(
                2,
                "",
                """
                latchkey: --only: the fleet has no cluster `aks-abc-1`; it has aks-weu-1
                See: latchkey deploy --help
                """));
  }

  @Test
  void aWayToSignInThatDoesNotExistIsRefused() throws Exception {
    assertThat(world.console().latchkey("verify", "-f", world.fleet(), "--credential", "password"))
        .isEqualTo(
            new Ended(
                2,
                "",
                """
                latchkey: --credential: it is one of pipelines, workload, cli, default, not `password`
                See: latchkey verify --help
                """));
  }

  @Test
  void aRightFileIsValid() throws Exception {
    assertThat(world.console().latchkey("validate", "-f", world.fleet()))
        .isEqualTo(new Ended(0, world.fleet() + " is right: orders on 1 cluster\n", ""));
  }

  @Test
  void theVersionIsOneLine() throws Exception {
    Ended ended = world.console().latchkey("--version");

    assertThat(ended.code()).isZero();
    assertThat(ended.out()).matches("latchkey \\d+\\.\\d+\\.\\d+\\S*\n");
  }

  @Test
  void theHelpFitsAScreen() throws Exception {
    Ended ended = world.console().latchkey("--help");

    assertThat(ended.code()).isZero();
    assertThat(ended.out().lines()).hasSizeLessThanOrEqualTo(24);
    assertThat(ended.out()).contains("deploy", "verify", "validate", "demo", "sandbox");
  }
}
