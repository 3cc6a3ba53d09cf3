// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Typing;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void hasNoReportSinceAPlanProvesNothing() {
    assertThat(type("plan", "--report", "page.html")).isEqualTo(2);
    assertThat(told()).startsWith("latchkey: Unknown option");
  }

  @Test
  void knowsTextAndJson() {
    assertThat(type("plan", "--output", "xml")).isEqualTo(2);
    assertThat(told()).contains("'--output': one of text, json, not `xml`");
  }

  @Test
  void wantsAFileForMarkdown() {
    assertThat(type("plan", "--markdown")).isEqualTo(2);
    assertThat(told()).contains("Missing required parameter for option '--markdown' (FILE)");
  }

  @Test
  void endsWithTwoWhereTheFileIsMissing() {
    assertThat(type("plan", "--detailed-exitcode")).isEqualTo(2);
    assertThat(told())
        .isEqualTo(
            """
            latchkey.yaml  there is no such file
            1 mistake. Nothing was sent to Azure.
            """);
  }

  @Test
  void writesOverNoFleetFile() {
    assertThat(type("plan", "-f", "fleet.yaml", "--out", "./fleet.yaml")).isEqualTo(2);
    assertThat(told()).startsWith("latchkey: --out: `./fleet.yaml` is the fleet file");
    assertThat(type("plan", "--markdown", "latchkey.yaml")).isEqualTo(2);
    assertThat(told()).contains("latchkey: --markdown: `latchkey.yaml` is the fleet file");
  }

  @Test
  void writesTwoFilesOrNone() {
    assertThat(type("plan", "--out", "a.plan", "--markdown", "a.plan")).isEqualTo(2);
    assertThat(told()).startsWith("latchkey: --out and --markdown: `a.plan` cannot hold both");
  }

  @Test
  void saysBeforeItAsksThatAFileCannotBeWritten() {
    assertThat(type("plan", "--out", "nowhere/a.plan")).isEqualTo(2);
    assertThat(told())
        .startsWith(
            "latchkey: --out: there is no folder `%s`".formatted(folder.resolve("nowhere")));
    assertThat(type("plan", "--markdown", ".")).isEqualTo(2);
    assertThat(told()).contains("latchkey: --markdown: `.` is a folder");
  }

  private int type(String... words) {
    return Latchkey.run(
        Typing.in(folder, ByteArrayOutputStream.nullOutputStream(), err), List.of(), words);
  }

  private String told() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
