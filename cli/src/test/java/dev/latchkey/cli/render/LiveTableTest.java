// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.Event;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveTableTest {
  private static final Screen SCREEN = screen(121, 40);

  @Test
  void leavesTheTableAndTheClosingWordsOnTheTerminal() {
    String printed =
        Golden.printed(
            out -> {
              try (var table =
                  LiveTable.on(
                      out,
                      () -> SCREEN,
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
              canvas.draw(List.of("a long first line", "second", "third"), SCREEN);
              canvas.draw(List.of("short", "2nd"), SCREEN);
              canvas.draw(List.of("short", "2nd"), SCREEN);
              canvas.leave(List.of("for good"), SCREEN);
              canvas.draw(List.of("below"), SCREEN);
            });

    assertThat(Terminal.show(printed)).isEqualTo("for good\nbelow\n");
    assertThat(printed).containsOnlyOnce("2nd");
  }

  @ParameterizedTest(name = "from {0}x{1} to {2}x{3}, then to {4}x{5}")
  @CsvSource({
    "120, 40,  60, 20, 120, 40",
    "80,  24,  40, 12,  80, 24",
    "80,  24,  20,  6, 300, 50",
    "200, 50,  23, 40,  80, 10",
    "40,  12, 200, 50,  40, 12",
  })
  void leavesNoRubbishWhenTheWindowIsResized(
      int columns, int lines, int newColumns, int newLines, int lastColumns, int lastLines) {
    for (List<Event> events : List.of(Scripts.allProven(), Scripts.manyBegun(200))) {
      var window = new Window(columns, lines);
      window.canvas.leave(List.of("Signed in"), window.screen);
      window.draw(events, 3_000);
      window.resize(newColumns, newLines);
      window.draw(events, 5_000);
      window.resize(lastColumns, lastLines);
      window.draw(events, 14_000);

      String shown = window.terminal.screen();

      assertThat(shown.lines().filter(line -> line.contains("orders →"))).hasSize(1);
      assertThat(shown.strip()).endsWith(picture(events, 14_000, window.screen).strip());
      assertThat(shown.lines().filter(line -> !line.equals("Signed in")))
          .containsExactlyElementsOf(picture(events, 14_000, window.screen).lines().toList());
    }
  }

  @Test
  void countsTheRowsOfColouredLinesWithoutTheirColours() {
    var terminal = new Terminal(80, 24);
    var canvas = new Canvas(stream(terminal));
    String coloured = "\u001b[32m" + "x".repeat(30) + "\u001b[0m" + "\u001b[31m".repeat(10);
    terminal.print("above\n");
    canvas.draw(List.of(coloured, coloured), SCREEN);
    terminal.resize(20, 24);

    canvas.draw(List.of("new"), screen(20, 24));

    assertThat(terminal.screen()).isEqualTo("above\nnew\n");
  }

  private static final class Window {
    final Terminal terminal;
    final Canvas canvas;
    Screen screen;

    Window(int columns, int lines) {
      terminal = new Terminal(columns, lines);
      canvas = new Canvas(stream(terminal));
      screen = screen(columns, lines);
    }

    void resize(int columns, int lines) {
      terminal.resize(columns, lines);
      screen = screen(columns, lines);
    }

    void draw(List<Event> events, long millis) {
      canvas.draw(picture(events, millis, screen).lines().toList(), screen);
    }
  }

  private static String picture(List<Event> events, long millis, Screen screen) {
    var board = new Board();
    Duration moment = Duration.ofMillis(millis);
    Scripts.until(events, moment).forEach(board::hear);
    return String.join(
        "\n",
        new TableView(screen(screen.width() - 1, screen.height()))
            .fitting(board, Scripts.START.plus(moment), 0));
  }

  private static PrintStream stream(Terminal terminal) {
    return new PrintStream(
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            terminal.print(toString(StandardCharsets.UTF_8));
            reset();
          }
        },
        false,
        StandardCharsets.UTF_8);
  }

  private static Screen screen(int width, int height) {
    return new Screen(Screen.Letters.UNICODE, Screen.Colours.OFF, width, height);
  }
}
