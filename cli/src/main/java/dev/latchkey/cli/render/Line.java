// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// One line of text in colours, which knows its length without them.
///
/// Text may come from Azure, a chart or a pod: control characters in it become spaces, so that
/// nobody but latchkey moves the cursor or breaks a line.
final class Line {
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}");

  private record Span(String text, Hue hue) {}

  private final List<Span> spans = new ArrayList<>();
  private final Screen screen;

  Line(Screen screen) {
    this.screen = screen;
  }

  /// Adds text as it is.
  Line add(String text) {
    return add(Hue.PLAIN, text);
  }

  /// Adds coloured text.
  Line add(Hue hue, String text) {
    spans.add(new Span(CONTROLS.matcher(text).replaceAll(" "), hue));
    return this;
  }

  /// Adds a symbol.
  Line add(Symbol symbol) {
    return add(symbol.hue(), screen.show(symbol));
  }

  /// Adds what another line holds.
  Line add(Line other) {
    spans.addAll(other.spans);
    return this;
  }

  /// Adds spaces up to a column, at least one.
  Line column(int column) {
    return add(" ".repeat(Math.max(1, column - length())));
  }

  /// How many columns it takes.
  int length() {
    return spans.stream().mapToInt(span -> span.text().length()).sum();
  }

  /// The text, cut at the edge of the screen.
  String text() {
    var text = new StringBuilder();
    int left = screen.width();
    for (Span span : fitting()) {
      String part = span.text().substring(0, Math.min(left, span.text().length()));
      left -= part.length();
      text.append(screen.colours() == Screen.Colours.ON ? span.hue().paint(part) : part);
    }
    return text.toString().stripTrailing();
  }

  private List<Span> fitting() {
    if (length() <= screen.width()) {
      return spans;
    }
    String mark = screen.show(Symbol.ELLIPSIS);
    var fitting = new ArrayList<Span>();
    int left = screen.width() - mark.length();
    for (Span span : spans) {
      String part = span.text().substring(0, Math.min(left, span.text().length()));
      left -= part.length();
      fitting.add(new Span(part, span.hue()));
    }
    fitting.add(new Span(mark, Hue.PLAIN));
    return fitting;
  }
}
