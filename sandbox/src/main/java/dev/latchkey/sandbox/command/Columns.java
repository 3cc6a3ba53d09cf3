// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.command;

import dev.latchkey.sandbox.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Prints a `Table` in columns, as kubectl does.
///
/// @param several whether objects of other types stand beside it, so that names say the type
record Columns(Kind kind, Options options, boolean several) {
  private static final int GAP = 3;

  /// How a name says its type, such as `deployment.apps/`.
  static String prefix(Kind kind) {
    String type = kind.singular().toLowerCase(Locale.ROOT);
    return (kind.group().isEmpty() ? type : type + "." + kind.group()) + "/";
  }

  /// The lines; the empty text for a table without rows.
  String of(JsonNode table) {
    List<Integer> shown = shown(table.path("columnDefinitions"));
    var lines = new ArrayList<List<String>>();
    if (options.headers() == Options.Headers.SHOWN) {
      lines.add(headers(table.path("columnDefinitions"), shown));
    }
    table.path("rows").forEach(row -> lines.add(row(row, shown)));
    return table.path("rows").isEmpty() ? "" : aligned(lines);
  }

  private List<Integer> shown(JsonNode definitions) {
    boolean wide = options.output().equals("wide");
    var shown = new ArrayList<Integer>();
    for (int i = 0; i < definitions.size(); i++) {
      if (wide || definitions.path(i).path("priority").asInt(0) == 0) {
        shown.add(i);
      }
    }
    return shown;
  }

  private boolean namesPlaces() {
    return options.everywhere() && kind.namespaced();
  }

  private List<String> headers(JsonNode definitions, List<Integer> shown) {
    var cells = new ArrayList<String>();
    if (namesPlaces()) {
      cells.add("NAMESPACE");
    }
    shown.forEach(
        column ->
            cells.add(definitions.path(column).path("name").asString("").toUpperCase(Locale.ROOT)));
    return cells;
  }

  private List<String> row(JsonNode row, List<Integer> shown) {
    var cells = new ArrayList<String>();
    if (namesPlaces()) {
      cells.add(row.at("/object/metadata/namespace").asString(""));
    }
    for (int column : shown) {
      String cell = row.path("cells").path(column).asString("");
      boolean name = column == 0 && several;
      cells.add(name ? prefix(kind) + cell : cell);
    }
    return cells;
  }

  private static String aligned(List<List<String>> lines) {
    var text = new StringBuilder();
    for (List<String> line : lines) {
      for (int column = 0; column < line.size(); column++) {
        text.append(line.get(column));
        if (column < line.size() - 1) {
          text.repeat(' ', width(lines, column) - line.get(column).length());
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0) + GAP;
  }
}
