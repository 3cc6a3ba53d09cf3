// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainLinesTest {
  private static final List<Hint> REPORT = List.of(new Hint("report", "latchkey-report.html"));

  @Test
  void tellsClustersNotStepsWhenThereAreMany() {
    Golden.check("lines-sixty-mixed.txt", lines(Scripts.sixtyMixed(), Screen.Letters.UNICODE));
  }

  @Test
  void tellsARunInWhichAllIsProven() {
    Golden.check("lines-all-proven.txt", lines(Scripts.allProven(), Screen.Letters.UNICODE));
  }

  @Test
  void tellsARunThatHadNothingToDo() {
    Golden.check("lines-nothing-to-do.txt", lines(Scripts.nothingToDo(), Screen.Letters.UNICODE));
  }

  @Test
  void tellsWhichIssuerDiffersAndWhere() {
    Golden.check(
        "lines-issuer-differs.txt", lines(Scripts.issuerDiffers(), Screen.Letters.UNICODE));
  }

  @Test
  void tellsWhatWasNotBegunWhenARightIsMissing() {
    Golden.check("lines-forbidden.txt", lines(Scripts.forbidden(), Screen.Letters.UNICODE));
  }

  @Test
  void needsNoLetterBeyondAscii() {
    assertThat(lines(Scripts.issuerDiffers(), Screen.Letters.ASCII)).matches("[\\x20-\\x7e\\n]+");
  }

  @Test
  void letsNoStrangerSpeakToThePipeline() {
    var nasty = "##vso[task.setvariable variable=x]y\n##[error]z ###VSO[a]b ##\u001b[2Jvso[c]";

    String printed =
        Golden.printed(
            out ->
                Scripts.tell(
                    Scripts.failing(Scripts.foreign(nasty), nasty),
                    new PlainLines(
                        out,
                        Screen.endless(Screen.Letters.UNICODE),
                        Neutral.IN_PIPELINE,
                        List.of())));

    assertThat(printed).doesNotContainIgnoringCase("##vso").doesNotContain("##[");
    assertThat(printed).doesNotContain("\u001b");
    assertThat(printed).contains("# #vso[task.setvariable variable=x]y # #[error]z");
  }

  private static String lines(List<Event> events, Screen.Letters letters) {
    return Golden.printed(
        out ->
            Scripts.tell(
                events, new PlainLines(out, Screen.endless(letters), Neutral.AS_IS, REPORT)));
  }
}
