// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import java.util.List;
import java.util.Optional;

/// Text in a page.
final class Html {
  private Html() {}

  /// The text, escaped for elements and quoted attributes.
  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /// Facts side by side, the first difference of two values marked in the second one.
  static String seen(List<String> seen) {
    var html = new StringBuilder();
    for (int i = 0; i < seen.size(); i++) {
      Optional<Difference> difference =
          i == 0 ? Optional.empty() : Difference.between(seen.get(i - 1), seen.get(i));
      html.append(i == 0 ? "" : "\n").append(marked(seen.get(i), difference));
    }
    return html.toString();
  }

  private static String marked(String line, Optional<Difference> difference) {
    return difference
        .map(
            at ->
                text(line.substring(0, at.column()))
                    + "<mark>"
                    + text(line.substring(at.column()))
                    + (at.note().isEmpty() ? "" : " ◄ " + at.note())
                    + "</mark>")
        .orElse(text(line));
  }
}
