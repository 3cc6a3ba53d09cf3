// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableViewTest {

  @Test
  void showsEachStepOfEachClusterInTheMiddleOfARun() {
    Golden.check("table-middle.txt", at(Scripts.allProven(), 5_000, wide()));
  }

  @Test
  void tellsWhatIsBeingWaitedForAndHowLongThatUsuallyTakes() {
    Golden.check("table-waiting.txt", at(Scripts.allProven(), 14_500, wide()));
  }

  @Test
  void keepsEveryCellOnANarrowTerminal() {
    Golden.check("table-narrow.txt", at(Scripts.allProven(), 14_500, screen(60, 24)));
  }

  @Test
  void showsWhatFailedAndWhatRunsWhenNotAllClustersFit() {
    Golden.check("table-many.txt", at(Scripts.manyBegun(200), 5_000, screen(100, 12)));
  }

  @Test
  void neverIsWiderThanTheScreen() {
    for (int width : new int[] {40, 60, 80, 120, 200}) {
      String table = at(Scripts.allProven(), 14_500, screen(width, 24));

      assertThat(table.lines())
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
    }
  }

  @Test
  void neverIsHigherThanTheScreen() {
    String table = at(Scripts.manyBegun(200), 5_000, screen(80, 24));

    assertThat(table.lines()).hasSizeLessThan(24);
  }

  @Test
  void needsNoLetterBeyondAscii() {
    var plain = new Screen(Screen.Letters.ASCII, Screen.Colours.OFF, 120, 24);

    assertThat(at(Scripts.allProven(), 14_500, plain)).matches("[\\x20-\\x7e\\n]+");
  }

  private static Screen wide() {
    return screen(120, 40);
  }

  private static Screen screen(int width, int height) {
    return new Screen(Screen.Letters.UNICODE, Screen.Colours.OFF, width, height);
  }

  private static String at(List<Event> events, long millis, Screen screen) {
    var board = new Board();
    Duration moment = Duration.ofMillis(millis);
    Scripts.until(events, moment).forEach(board::hear);
    return String.join("\n", new TableView(screen).fitting(board, Scripts.START.plus(moment), 0))
        + "\n";
  }
}
