// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where two values that stand one above the other begin to differ.
///
/// @param column of the first difference, counted from the lines' start
/// @param start column where both values begin
/// @param note what the difference is, if it can be said in words; may be empty
record Difference(int column, int start, String note) {
  private static final Pattern LABELLED = Pattern.compile("(\\S+(?: \\S+)*\\s{2,})(\\S.*)");

  // Values that differ from the start need no caret: every eye sees it.
  private static final int SHARED_AT_LEAST = 4;

  /// The difference between two lines `label value`, if their values stand in the same column and
  /// begin alike.
  static Optional<Difference> between(String above, String below) {
    Matcher upper = LABELLED.matcher(above);
    Matcher lower = LABELLED.matcher(below);
    if (!upper.matches() || !lower.matches() || upper.start(2) != lower.start(2)) {
      return Optional.empty();
    }
    if (upper.group(1).equals(lower.group(1))) {
      return Optional.empty(); // two of a list, which nobody compares
    }
    return between(upper.group(2), lower.group(2), upper.start(2));
  }

  private static Optional<Difference> between(String above, String below, int start) {
    int shared = 0;
    int most = Math.min(above.length(), below.length());
    while (shared < most && above.charAt(shared) == below.charAt(shared)) {
      shared++;
    }
    return above.equals(below) || shared < SHARED_AT_LEAST
        ? Optional.empty()
        : Optional.of(new Difference(start + shared, start, note(above, below)));
  }

  private static String note(String above, String below) {
    if (above.equals(below + "/")) {
      return "no slash at the end";
    }
    if (below.equals(above + "/")) {
      return "one slash more at the end";
    }
    return above.equalsIgnoreCase(below) ? "upper and lower case differ" : "";
  }
}
