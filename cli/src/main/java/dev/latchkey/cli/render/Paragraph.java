// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import java.util.ArrayList;
import java.util.List;

/// Text broken between words.
final class Paragraph {
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
}
