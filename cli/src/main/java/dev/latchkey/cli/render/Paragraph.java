// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import java.util.ArrayList;
import java.util.List;

/// Text broken between words.
final class Paragraph {
  private static final int NARROWEST = 20;

  private Paragraph() {}

  /// The text in lines of at most this width; a longer word, such as a path, stays whole.
  static List<String> of(String text, int width) {
    if (text.length() <= width) {
      return List.of(text);
    }
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /// Words behind what a line has already, with the lines that they go on in below themselves.
  static List<Line> behind(Line head, String words, Screen screen) {
    int indent = head.length();
    var lines = new ArrayList<Line>();
    for (String part : of(words, Math.max(NARROWEST, screen.width() - indent))) {
      lines.add(lines.isEmpty() ? head.add(part) : new Line(screen).add(" ".repeat(indent) + part));
    }
    return lines;
  }
}
