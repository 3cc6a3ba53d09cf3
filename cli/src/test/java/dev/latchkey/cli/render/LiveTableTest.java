// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTableTest {
  private static final Screen SCREEN =
      new Screen(Screen.Letters.UNICODE, Screen.Colours.OFF, 121, 40);

  @Test
  void leavesTheTableAndTheClosingWordsOnTheTerminal() {
    String printed =
        Golden.printed(
            out -> {
              try (var table =
                  LiveTable.on(
                      out,
                      SCREEN,
                      InstantSource.fixed(Scripts.START),
                      List.of(new Hint("report", "latchkey-report.html")))) {
                Scripts.tell(Scripts.allProven(), table);
              }
            });

    Golden.check("live-all-proven.txt", Terminal.show(printed));
  }

  @Test
  void drawsOverTheLastPictureAndClearsWhatItLeaves() {
    String printed =
        Golden.printed(
            out -> {
              var canvas = new Canvas(out);
              canvas.draw(List.of("a long first line", "second", "third"));
              canvas.draw(List.of("short", "2nd"));
              canvas.draw(List.of("short", "2nd"));
              canvas.leave(List.of("for good"));
              canvas.draw(List.of("below"));
            });

    assertThat(Terminal.show(printed)).isEqualTo("for good\nbelow\n");
    assertThat(printed).containsOnlyOnce("2nd");
  }
}
