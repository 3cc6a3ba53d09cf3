// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A problem in JSON; the same wherever one is written.
final class ProblemTree {
  private ProblemTree() {}

  static void write(ObjectNode node, Problem problem) {
    Text text = problem.text();
    node.put("code", problem.code());
    node.put("what", text.what());
    ArrayNode seen = node.putArray("seen");
    text.seen().forEach(seen::add);
    node.put("why", text.why());
    node.put("next", text.next());
    problem
        .answer()
        .ifPresent(
            answer ->
                node.putObject("azure")
                    .put("status", answer.status())
                    .put("code", answer.code())
                    .put("correlationId", answer.correlationId()));
  }
}
