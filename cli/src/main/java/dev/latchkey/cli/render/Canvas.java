// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A few lines at the terminal's end that are drawn again in place.
///
/// Each picture is one write, each line is overwritten before its rest is cleared, and a picture
/// like the last one is not drawn at all: nothing flickers.
///
/// A terminal that became narrower breaks the lines of the last picture, as nearly all do, so that
/// it takes more rows than it had lines; these are counted, and all of them are overwritten. What a
/// lower window pushed out at its top is out of reach, but comes back when it grows: it is
/// remembered until then.
final class Canvas {
  private static final String CLEAR_REST_OF_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  private final PrintStream out;
  private List<String> drawn = List.of();
  private int drawnWidth;
  private int drawnHeight;

  /// How long the lines are that stand above the cursor and are ours: first those that were pushed
  /// out, then those of the last picture.
  private List<Integer> lengths = List.of();

  Canvas(PrintStream out) {
    this.out = out;
  }

  /// Draws the lines over those of the last picture.
  ///
  /// @param screen as it is at this moment
  void draw(List<String> lines, Screen screen) {
    boolean resized = screen.width() != drawnWidth || screen.height() != drawnHeight;
    if (resized || !lines.equals(drawn)) {
      List<Integer> left = over(lines, screen);
      lines.forEach(line -> left.add(COLOUR.matcher(line).replaceAll("").length()));
      lengths = left;
      drawn = List.copyOf(lines);
      drawnWidth = screen.width();
      drawnHeight = screen.height();
    }
  }

  /// Draws the lines over those of the last picture, for good: the next picture goes below.
  void leave(List<String> lines, Screen screen) {
    over(lines, screen);
    lengths = List.of();
    drawn = List.of();
  }

  /// Writes the lines over what is ours and on the screen.
  ///
  /// @return the lengths of the lines that are out of reach
  private List<Integer> over(List<String> lines, Screen screen) {
    var beyond = new ArrayList<Integer>();
    int reach = screen.height() - 1; // above the cursor, which stands on the last row at most
    int up = 0;
    for (int length : lengths.reversed()) {
      int rows = Math.max(1, (length + screen.width() - 1) / screen.width());
      int reached = Math.min(rows, reach - up);
      up += reached;
      if (reached < rows) {
        beyond.addFirst(Math.min(length, (rows - reached) * screen.width()));
      }
    }
    out.print((up == 0 ? "" : "\u001b[" + up + "A\r") + text(lines) + CLEAR_BELOW);
    out.flush();
    return beyond;
  }

  private static String text(List<String> lines) {
    var text = new StringBuilder();
    lines.forEach(line -> text.append(line).append(CLEAR_REST_OF_LINE).append('\n'));
    return text.toString();
  }
}
