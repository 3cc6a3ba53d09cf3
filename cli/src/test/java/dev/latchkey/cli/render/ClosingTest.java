// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.Event;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClosingTest {
  @Test
  void tellsTheSameProblemOnceForClustersThatStandAlike() {
    assertThat(closing(Scripts.cut(8, 5), 100))
        .containsSubsequence(
            """
              done  nothing; not begun: credential, access, release and verify
              same  on aks-002, aks-003, aks-004 and aks-005
            """,
            """
            ✘ aks-006  identity  permission-missing
            """,
            """
              done  workload identity; not begun: credential, access, release and verify
              same  on aks-007 and aks-008
            """);
  }

  @Test
  void countsWithoutAClaimWhereItFailed() {
    assertThat(closing(Scripts.cut(1, 0), 120))
        .contains("✘ 0 of 1 cluster in 3.0 s: 0 made, 0 changed, 0 deleted; 1 failed")
        .contains(
            "  done  workload identity; not begun: credential, access, release and verify"
                + "  (0 made, 0 changed, 0 deleted)");
  }

  @Test
  void losesNoWordOfTheResultOnANarrowScreen() {
    String wide = closing(Scripts.provenAndCut(13, 9), 1000);

    String narrow = closing(Scripts.provenAndCut(13, 9), 60);

    assertThat(wide).contains("aks-006 and 3 more, each with its pod's own token");
    assertThat(narrow).doesNotContain("…");
    assertThat(words(narrow)).isEqualTo(words(wide));
  }

  private static String words(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private static String closing(List<Event> events, int width) {
    var screen = new Screen(Screen.Letters.UNICODE, Screen.Colours.OFF, width, 1000);
    var ended = (Event.RunEnded) events.getLast();
    return new Closing(screen, List.of())
        .lines(ended.summary()).stream()
            .map(line -> line.text() + "\n")
            .collect(Collectors.joining());
  }
}
