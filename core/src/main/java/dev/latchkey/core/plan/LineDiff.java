// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

import dev.latchkey.core.resource.ManifestObject;
import java.util.ArrayList;
import java.util.List;

/// The lines in which two texts differ, found by their longest common subsequence.
final class LineDiff {
  private static final int AROUND = 2;
  private static final int LINES_MAX = 200;
  private static final int CELLS_MAX = 4_000_000; // of the table; longer texts are told as replaced

  private LineDiff() {}

  static List<String> between(String before, String after) {
    List<String> all = marked(before.lines().toList(), after.lines().toList());
    List<String> shown = withoutDistant(all).stream().map(ManifestObject::shown).toList();
    if (shown.size() <= LINES_MAX) {
      return shown;
    }
    var cut = new ArrayList<>(shown.subList(0, LINES_MAX));
    cut.add("… %d more lines".formatted(shown.size() - LINES_MAX));
    return cut;
  }

  /// All lines, each with its mark.
  private static List<String> marked(List<String> before, List<String> after) {
    int[][] common = common(before, after);
    var lines = new ArrayList<String>();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        lines.add(" " + before.get(i++));
        j++;
      } else if (j == after.size()
          || (i < before.size() && cell(common, i + 1, j) >= cell(common, i, j + 1))) {
        lines.add("-" + before.get(i++));
      } else {
        lines.add("+" + after.get(j++));
      }
    }
    return lines;
  }

  /// How many lines both texts have in common from a pair of lines on.
  private static int[][] common(List<String> before, List<String> after) {
    if ((long) before.size() * after.size() > CELLS_MAX) {
      return new int[0][];
    }
    var common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private static int cell(int[][] common, int i, int j) {
    return common.length == 0 ? 0 : common[i][j];
  }

  private static List<String> withoutDistant(List<String> lines) {
    var near = new ArrayList<String>();
    for (int i = 0; i < lines.size(); i++) {
      if (isNearAChange(lines, i)) {
        near.add(lines.get(i));
      } else if (!near.isEmpty() && !near.getLast().equals("…")) {
        near.add("…");
      }
    }
    if (near.getLast().equals("…")) {
      near.removeLast();
    }
    return near;
  }

  private static boolean isNearAChange(List<String> lines, int at) {
    int from = Math.max(0, at - AROUND);
    int to = Math.min(lines.size(), at + AROUND + 1);
    return lines.subList(from, to).stream().anyMatch(line -> !line.startsWith(" "));
  }
}
