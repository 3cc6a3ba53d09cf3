// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds what somebody probably meant, by the number of letters that differ.
final class Nearest {
  private Nearest() {}

  /// The known word that is closest to the one written; empty when none is close.
  static List<String> to(String written, Collection<String> known) {
    int limit = Math.max(1, Math.min(3, written.length() / 3));
    return known.stream()
        .filter(word -> distance(fold(written), fold(word)) <= limit)
        .sorted(
            Comparator.<String>comparingInt(word -> distance(fold(written), fold(word)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(1)
        .toList();
  }

  private static String fold(String word) {
    return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /// Letters added, left out, replaced, or swapped with their neighbour.
  private static int distance(String one, String other) {
    var cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(one, other, cost, i, j);
      }
    }
    return cost[one.length()][other.length()];
  }

  private static int cheapest(String one, String other, int[][] cost, int i, int j) {
    int same = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
    int best = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + same);
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
