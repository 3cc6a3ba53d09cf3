// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;

/// Prints a problem that ended a command before or beside any cluster.
final class Complaint {
  private Complaint() {}

  static void print(Surroundings around, Problem problem) {
    Text text = problem.text();
    var lines = new StringBuilder();
    lines.append("✘ ").append(problem.code()).append('\n');
    lines.append("  ").append(text.what()).append('\n');
    text.seen().forEach(line -> lines.append("    ").append(line).append('\n'));
    if (!text.why().isEmpty()) {
      lines.append("  why   ").append(text.why()).append('\n');
    }
    lines.append("  next  ").append(text.next());
    around.err().println(around.neutral().text(lines.toString()));
  }
}
