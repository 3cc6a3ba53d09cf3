// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.cli.render.Scripts;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class RunRecordTest {
  private static final String RUN = "20261124-140211-0a1b2c3d";
  private static final InstantSource CLOCK =
      InstantSource.fixed(Scripts.START.plus(Duration.ofSeconds(9)));

  @TempDir Path directory;

  @Test
  void keepsPlanEventsSummaryTestResultsAndLags() throws IOException {
    try (var record = record(RUN)) {
      Scripts.tell(Scripts.issuerDiffers(), record);
    }

    assertThat(names(folder()))
        .containsExactly("events.jsonl", "junit.xml", "lags.json", "plan.json", "summary.md");
    assertThat(read("events.jsonl").lines()).hasSameSizeAs(Scripts.issuerDiffers());
    assertThat(JsonMapper.shared().readTree(read("plan.json")).at("/clusters/2/skipped").asString())
        .isEqualTo("the cluster is stopped");
    assertThat(read("summary.md")).doesNotContain("cut off");
  }

  @Test
  void hasThePlanAndEveryEventBeforeTheRunEnds() throws IOException {
    try (var record = record(RUN)) {
      var half = Scripts.until(Scripts.allProven(), Duration.ofSeconds(5));
      Scripts.tell(half, record);

      assertThat(names(folder())).containsExactly("events.jsonl", "plan.json");
      assertThat(read("events.jsonl").lines()).hasSameSizeAs(half);
    }
  }

  @Test
  void tellsOfARunThatIsCutHowItStands() throws IOException {
    var record = record(RUN);
    Scripts.tell(Scripts.until(Scripts.allProven(), Duration.ofSeconds(5)), record);

    record.close();
    Scripts.tell(Scripts.allProven(), record); // events that come too late harm nothing

    assertThat(names(folder()))
        .containsExactly("events.jsonl", "junit.xml", "lags.json", "plan.json", "summary.md");
    assertThat(read("summary.md")).contains("The run was cut off here.");
  }

  @Test
  void saysWhyARunWasRefusedBeforeItBegan() throws IOException {
    var record = record(RUN);
    Scripts.tell(Scripts.until(Scripts.allProven(), Duration.ZERO), record);

    record.refused(new SavedPlanProblem.Unreadable(Path.of("a.plan"), "no JSON"));
    record.close();

    assertThat(read("summary.md"))
        .contains("Nothing was begun", "plan-file-unreadable", "is not a saved plan")
        .doesNotContain("cut off", "not started");
    assertThat(read("junit.xml"))
        .contains("tests=\"1\" failures=\"1\" skipped=\"0\"")
        .contains("<failure type=\"plan-file-unreadable\"");
    assertThat(JsonMapper.shared().readTree(read("events.jsonl").lines().toList().getLast()))
        .hasToString(
            "{\"at\":\"%s\",\"event\":\"refused\",\"problem\":{\"code\":\"plan-file-unreadable\",\"what\":\"`a.plan` is not a saved plan.\"}}"
                .formatted(CLOCK.instant()));
  }

  @Test
  void keepsTheLastFiftyRunsAndTouchesNothingElse() throws IOException {
    Path runs = Files.createDirectories(directory.resolve(".latchkey/runs"));
    for (int i = 0; i < 60; i++) {
      Path old = Files.createDirectory(runs.resolve("20261123-1402%02d-0a1b2c3d".formatted(i)));
      Files.writeString(old.resolve("events.jsonl"), "");
    }
    Files.createDirectory(runs.resolve("mine"));
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("precious"), "");
    Files.createSymbolicLink(runs.resolve("20200101-000000-0a1b2c3d"), elsewhere);

    record(RUN).close();

    assertThat(new RunFolders(directory).newestFirst())
        .hasSize(RunFolders.KEPT)
        .startsWith(folder())
        .endsWith(runs.resolve("20261123-140211-0a1b2c3d"));
    assertThat(runs.resolve("mine")).exists();
    assertThat(elsewhere.resolve("precious")).exists();
  }

  @Test
  void isForItsOwnerAlone() throws IOException {
    assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");

    record(RUN).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
    assertThat(directory.resolve(".latchkey/.gitignore")).hasContent("*");
  }

  private RunRecord record(String run) throws IOException {
    return RunRecord.begin(new RunFolders(directory), run, CLOCK);
  }

  private Path folder() {
    return directory.resolve(".latchkey/runs").resolve(RUN);
  }

  private String read(String name) throws IOException {
    return Files.readString(folder().resolve(name));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
