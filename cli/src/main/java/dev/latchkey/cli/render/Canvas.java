// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import java.io.PrintStream;
import java.util.List;

/// A few lines at the terminal's end that are drawn again in place.
///
/// Each picture is one write, each line is overwritten before its rest is cleared, and a picture
/// like the last one is not drawn at all: nothing flickers.
final class Canvas {
  private static final String CLEAR_REST_OF_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private List<String> drawn = List.of();

  Canvas(PrintStream out) {
    this.out = out;
  }

  /// Draws the lines over those of the last picture.
  void draw(List<String> lines) {
    if (!lines.equals(drawn)) {
      print(up() + text(lines) + CLEAR_BELOW);
      drawn = List.copyOf(lines);
    }
  }

  /// Draws the lines over those of the last picture, for good: the next picture goes below.
  void leave(List<String> lines) {
    print(up() + text(lines) + CLEAR_BELOW);
    drawn = List.of();
  }

  private String up() {
    return drawn.isEmpty() ? "" : "\u001b[" + drawn.size() + "A\r";
  }

  private static String text(List<String> lines) {
    var text = new StringBuilder();
    lines.forEach(line -> text.append(line).append(CLEAR_REST_OF_LINE).append('\n'));
    return text.toString();
  }

  private void print(String text) {
    out.print(text);
    out.flush();
  }
}
