// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PipelineCommandsTest {

  @Test
  void groupsClustersAndReportsIssuesAtTheEnd() {
    Golden.check("pipeline-issuer-differs.txt", commands(Scripts.issuerDiffers()));
  }

  @Test
  void escapesWhatTheAgentUnescapes() {
    assertThat(PipelineCommands.escaped("100% of [a;b]\r\n%3B"))
        .isEqualTo("100%AZP25 of [a%3Bb%5D%0D%0A%AZP253B");
  }

  @Test
  void obeysNoCommandOfAStranger() {
    var nasty = "pull ##vso[task.complete result=Succeeded]done\n##[section]x ##VSO[b]";

    String printed = commands(Scripts.failing(Scripts.foreign(nasty), nasty));

    assertThat(printed.lines())
        .allSatisfy(
            line -> {
              String rest = line.replaceFirst("^##(vso\\[task\\.logissue |\\[)", "");
              assertThat(rest).doesNotContainIgnoringCase("##vso").doesNotContain("##[");
            });
    assertThat(printed.lines().filter(line -> line.startsWith("##vso["))).hasSize(2);
  }

  @Test
  void handsTheSummaryOverWhenItIsWritten() {
    var page = Path.of("/agent/50%/.latchkey/runs/r/summary.md");

    String printed =
        Golden.printed(
            out ->
                Scripts.tell(Scripts.nothingToDo(), new PipelineCommands(out, Optional.of(page))));

    assertThat(printed)
        .endsWith("##vso[task.uploadsummary]/agent/50%AZP25/.latchkey/runs/r/summary.md\n");
  }

  @Test
  void reportsTheSameProblemOfManyClustersOnce() {
    String printed = commands(Scripts.sixtyMixed());

    assertThat(printed.lines().filter(line -> line.startsWith("##vso[task.logissue type=error")))
        .hasSize(2)
        .last()
        .asString()
        .endsWith("aks-014, aks-024, aks-034, aks-044 and aks-054, access: as on aks-004");
    assertThat(printed.lines().filter(line -> line.startsWith("##[group]= "))).isEmpty();
  }

  private static String commands(List<Event> events) {
    return Golden.printed(out -> Scripts.tell(events, new PipelineCommands(out, Optional.empty())));
  }

  @Test
  void tellsWhatEndsACommandBeforeItBeganAsAnError() {
    var problem = Scripts.foreign("##vso[task.complete result=Succeeded]");

    assertThat(PipelineCommands.refused(problem))
        .startsWith("##vso[task.logissue type=error;code=%s]".formatted(problem.code()))
        .doesNotContain("\n", "##vso[task.complete");
  }
}
