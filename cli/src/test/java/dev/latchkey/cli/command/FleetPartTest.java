// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.cli.config.FleetFile;
import dev.latchkey.cli.config.Reading;
import dev.latchkey.core.fleet.Fleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/// Which clusters the options of a command choose, of `examples/waves.yaml`.
class FleetPartTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("latchkey.root", "..")).resolve("examples");
  private static final String LAST_RUN = "20261125-140211-9f3c2ab1";

  @TempDir Path folder;

  @Command(name = "deploy")
  private static final class Deploy {
    @Mixin private CommonOptions options = new CommonOptions();
  }

  @Test
  void withoutOptionsItIsTheWholeFleet() {
    assertThat(chosen()).containsExactly("aks-weu-1", "aks-weu-2", "aks-neu-1");
  }

  @Test
  void theClustersOfAWave() {
    assertThat(chosen("--wave", "rest")).containsExactly("aks-weu-2", "aks-neu-1");
  }

  @Test
  void optionsTogetherChooseWhatEachOfThemChooses() {
    assertThat(chosen("--wave", "rest", "--only", "aks-weu-1,aks-neu-1"))
        .containsExactly("aks-neu-1");
  }

  @Test
  void nothingLeftIsAMistake() {
    refused(
        "no cluster of the fleet is in all that was asked for",
        "--wave",
        "canary",
        "--only",
        "aks-neu-1");
  }

  @Test
  void aWaveThatTheFileDoesNotHave() {
    refused("--wave: the fleet has no wave `first`; it has canary, rest", "--wave", "first");
  }

  @Test
  void aWaveOfAFileWithoutWaves() {
    Fleet fleet = fleet("minimal.yaml");

    assertThatThrownBy(() -> new FleetPart(options("--wave", "rest"), folder).of(fleet))
        .isInstanceOf(ParameterException.class)
        .hasMessage("--wave: the file has no `rollout`, so it has no waves");
  }

  @Test
  void aShardMayBeEmpty() {
    assertThat(chosen("--shard", "3/4", "--only", "aks-weu-1")).containsExactly("aks-weu-1");
    assertThat(chosen("--shard", "4/4", "--only", "aks-weu-1")).isEmpty();
  }

  @Test
  void everyClusterIsInOneOfTheShards() {
    List<String> all =
        List.of("1/3", "2/3", "3/3").stream()
            .flatMap(shard -> chosen("--shard", shard).stream())
            .toList();

    assertThat(all).containsExactlyInAnyOrder("aks-weu-1", "aks-weu-2", "aks-neu-1");
  }

  @Test
  void aShardThatIsNone() {
    refused(
        "--shard: it is written NUMBER/OF, such as 1/4, with at most 1000 shards; not `4/3`",
        "--shard",
        "4/3");
  }

  @Test
  void whatFailedInTheLastRun() throws IOException {
    record(
        LAST_RUN,
        """
        {"event":"planned","application":"orders","clusters":[{"name":"aks-weu-1"},{"name":"aks-weu-2"},{"name":"aks-neu-1"}]}
        {"event":"stepEnded","cluster":"aks-weu-1","step":"helmRelease","outcome":"changed"}
        {"event":"stepEnded","cluster":"aks-weu-1","step":"verification","outcome":"unchanged"}
        {"event":"stepEnded","cluster":"aks-weu-2","step":"verification","outcome":"failed"}
        {"event":"withheld","cluster":"aks-neu-1","because":"1 cluster failed"}
        {"event":"runEnded","clusters":3}
        """);

    assertThat(chosen("--only-failed")).containsExactly("aks-weu-2", "aks-neu-1");
  }

  @Test
  void aClusterThatStoppedServingOrWentBackFailed() throws IOException {
    record(
        LAST_RUN,
        """
        {"event":"planned","application":"orders","clusters":[{"name":"aks-weu-1"},{"name":"aks-weu-2"},{"name":"aks-neu-1"}]}
        {"event":"stepEnded","cluster":"aks-weu-1","step":"verification","outcome":"changed"}
        {"event":"stepEnded","cluster":"aks-weu-2","step":"verification","outcome":"changed"}
        {"event":"stepEnded","cluster":"aks-neu-1","step":"verification","outcome":"skipped"}
        {"event":"stepEnded","cluster":"aks-weu-1","step":"verification","outcome":"failed"}
        {"event":"rolledBack","cluster":"aks-weu-2","outcome":"changed"}
        """);

    assertThat(chosen("--only-failed")).containsExactly("aks-weu-1", "aks-weu-2");
  }

  @Test
  void whatAKilledRunDidNotBringToAnEnd() throws IOException {
    record(
        "20261125-130000-00000000",
        "{\"event\":\"planned\",\"application\":\"orders\",\"clusters\":[]}\n");
    record(
        LAST_RUN,
        """
        {"event":"planned","application":"orders","clusters":[{"name":"aks-weu-1"},{"name":"aks-weu-2"},{"name":"aks-neu-1"}]}
        {"event":"stepEnded","cluster":"aks-weu-1","step":"verification","outcome":"unchanged"}
        {"event":"stepStarted","cluster":"aks-weu-2","step":"helmRelease"}
        {"event":"stepEnded","clus""");

    assertThat(chosen("--only-failed")).containsExactly("aks-weu-2", "aks-neu-1");
  }

  @Test
  void withoutALastRunThereIsNothingToChooseFrom() throws IOException {
    record(
        LAST_RUN,
        """
        {"event":"planned","application":"billing","clusters":[{"name":"aks-weu-1"}]}
        {"event":"stepStarted","cluster":"aks-weu-1","step":"helmRelease"}
        """);

    refused(
        "--only-failed: there is no record of an earlier run of `orders` in "
            + folder.resolve(".latchkey").resolve("runs"),
        "--only-failed");
  }

  @Test
  void aLastRunInWhichNothingFailed() throws IOException {
    record(
        LAST_RUN,
        """
        {"event":"planned","application":"orders","clusters":[{"name":"aks-weu-1"}]}
        {"event":"stepEnded","cluster":"aks-weu-1","step":"verification","outcome":"unchanged"}
        """);

    refused(
        "--only-failed: none of these clusters failed in the last run, " + LAST_RUN,
        "--only-failed");
  }

  private void record(String run, String events) throws IOException {
    Path runs = folder.resolve(".latchkey").resolve("runs").resolve(run);
    Files.createDirectories(runs);
    Files.writeString(runs.resolve("events.jsonl"), events);
  }

  private void refused(String message, String... words) {
    assertThatThrownBy(() -> chosen(words))
        .isInstanceOf(ParameterException.class)
        .hasMessage(message);
  }

  private List<String> chosen(String... words) {
    return new FleetPart(options(words), folder)
        .of(fleet("waves.yaml")).targets().stream().map(target -> target.name().value()).toList();
  }

  private static CommonOptions options(String... words) {
    var deploy = new Deploy();
    new CommandLine(deploy).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(words);
    return deploy.options;
  }

  private static Fleet fleet(String example) {
    Reading reading =
        FleetFile.read(
            EXAMPLES.resolve(example),
            Map.of("SUBSCRIPTION", "00000000-0000-0000-0000-000000000001"));
    return switch (reading) {
      case Reading.Accepted wanted -> wanted.fleet();
      case Reading.Selecting _ -> throw new AssertionError("the example selects nothing");
      case Reading.Refused refused -> throw new AssertionError(refused.mistakes().render());
    };
  }
}
