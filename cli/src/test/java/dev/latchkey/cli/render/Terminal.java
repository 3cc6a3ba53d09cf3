// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import java.util.ArrayList;
import java.util.List;

/// What a terminal shows after it obeyed the few sequences that latchkey uses: up, clear to the end
/// of the line, clear below, colours.
final class Terminal {
  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
  private int row;
  private int column;

  private Terminal() {}

  /// The lines that are visible in the end.
  static String show(String printed) {
    var terminal = new Terminal();
    int i = 0;
    while (i < printed.length()) {
      char next = printed.charAt(i);
      if (next != '\u001b') {
        terminal.put(next);
        i++;
        continue;
      }
      int end = i + 2;
      while (!Character.isLetter(printed.charAt(end))) {
        end++;
      }
      terminal.obey(printed.charAt(end), printed.substring(i + 2, end));
      i = end + 1;
    }
    return String.join("\n", terminal.lines);
  }

  private void put(char next) {
    switch (next) {
      case '\n' -> {
        row++;
        column = 0;
        if (row == lines.size()) {
          lines.add(new StringBuilder());
        }
      }
      case '\r' -> column = 0;
      default -> {
        StringBuilder line = lines.get(row);
        line.replace(column, Math.min(column + 1, line.length()), String.valueOf(next));
        column++;
      }
    }
  }

  private void obey(char command, String number) {
    switch (command) {
      case 'A' -> row -= Integer.parseInt(number);
      case 'K' -> lines.get(row).setLength(column);
      case 'J' -> {
        lines.get(row).setLength(column);
        lines.subList(row + 1, lines.size()).clear();
      }
      case 'm' -> {}
      default -> throw new IllegalArgumentException("unknown to a plain terminal: " + command);
    }
  }
}
