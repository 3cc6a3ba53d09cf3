// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import dev.latchkey.core.problem.Problem;
import dev.latchkey.sandbox.premise.Premise;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The mistakes that can be made, as people read and type them.
final class Mistakes {
  private Mistakes() {}

  /// One line each: the word, and what is wrong.
  static List<String> lines() {
    int width = kinds().stream().mapToInt(String::length).max().orElse(0);
    return Premise.all().stream()
        .map(each -> "  " + padded(each.kind(), width) + "  " + each.explanation())
        .toList();
  }

  private static String padded(String word, int width) {
    return word + " ".repeat(width - word.length());
  }

  static Problem unknown(String kind) {
    return new RunningProblem.NoSuchKind(kind, kinds());
  }

  /// The path of the call that sets or undoes one.
  static String path(String kind, String cluster) {
    return "premises/" + kind + "/" + URLEncoder.encode(cluster, StandardCharsets.UTF_8);
  }

  private static List<String> kinds() {
    return Premise.all().stream().map(Premise::kind).toList();
  }
}
