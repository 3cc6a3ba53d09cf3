// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A terminal that obeys the few sequences that latchkey uses: up, clear to the end of the line,
/// clear below, colours.
///
/// Like most, it breaks lines at its edge, scrolls at its last row, and breaks all lines anew when
/// it is resized.
final class Terminal {
  /// One row; `goesOn` when the terminal broke the line after it.
  private static final class Row {
    final StringBuilder text = new StringBuilder();
    boolean goesOn;
  }

  private final List<Row> rows = new ArrayList<>(List.of(new Row()));
  private int columns;
  private int lines;
  private int row;
  private int column;
  private int top;

  Terminal(int columns, int lines) {
    this.columns = columns;
    this.lines = lines;
  }

  /// What an endless terminal shows in the end.
  static String show(String printed) {
    var terminal = new Terminal(Integer.MAX_VALUE, Integer.MAX_VALUE);
    terminal.print(printed);
    return terminal.all();
  }

  void print(String printed) {
    int i = 0;
    while (i < printed.length()) {
      char next = printed.charAt(i);
      if (next != '\u001b') {
        put(next);
        i++;
        continue;
      }
      int end = i + 2;
      while (!Character.isLetter(printed.charAt(end))) {
        end++;
      }
      obey(printed.charAt(end), printed.substring(i + 2, end));
      i = end + 1;
    }
  }

  /// Everything, what scrolled away included.
  String all() {
    return rows.stream().map(each -> each.text.toString()).collect(Collectors.joining("\n"));
  }

  /// What is visible.
  String screen() {
    return rows.subList(top, rows.size()).stream()
        .map(each -> each.text.toString())
        .collect(Collectors.joining("\n"));
  }

  void resize(int newColumns, int newLines) {
    var broken = new ArrayList<Row>();
    int newRow = 0;
    int newColumn = 0;
    int from = 0;
    while (from < rows.size()) {
      int to = from;
      while (rows.get(to).goesOn) {
        to++;
      }
      int offset = -1;
      var whole = new StringBuilder();
      for (int i = from; i <= to; i++) {
        offset = i == row ? whole.length() + column : offset;
        whole.append(rows.get(i).text);
      }
      int start = broken.size();
      for (int at = 0; at == 0 || at < whole.length(); at += newColumns) {
        var part = new Row();
        part.text.append(whole, at, Math.min(whole.length(), at + newColumns));
        part.goesOn = at + newColumns < whole.length();
        broken.add(part);
      }
      if (offset >= 0) {
        newRow = Math.min(broken.size() - 1, start + offset / newColumns);
        newColumn = offset % newColumns;
      }
      from = to + 1;
    }
    rows.clear();
    rows.addAll(broken);
    columns = newColumns;
    lines = newLines;
    row = newRow;
    column = newColumn;
    top = Math.max(0, rows.size() - lines);
  }

  private void put(char next) {
    switch (next) {
      case '\n' -> down();
      case '\r' -> column = 0;
      default -> {
        if (column == columns) {
          rows.get(row).goesOn = true;
          down();
        }
        StringBuilder line = rows.get(row).text;
        line.replace(column, Math.min(column + 1, line.length()), String.valueOf(next));
        column++;
      }
    }
  }

  private void down() {
    row++;
    column = 0;
    if (row == rows.size()) {
      rows.add(new Row());
    }
    top = Math.max(top, row + 1 - lines);
  }

  private void obey(char command, String number) {
    switch (command) {
      case 'A' -> row = Math.max(top, row - Integer.parseInt(number));
      case 'K' -> clear();
      case 'J' -> {
        clear();
        rows.subList(row + 1, rows.size()).clear();
      }
      case 'm' -> {}
      default -> throw new IllegalArgumentException("unknown to a plain terminal: " + command);
    }
  }

  private void clear() {
    rows.get(row).text.setLength(column);
    rows.get(row).goesOn = false;
  }
}
