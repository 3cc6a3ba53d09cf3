// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.admin;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.premise.Premise;
import dev.latchkey.sandbox.premise.Premises;
import dev.latchkey.sandbox.premise.Premises.Outcome;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The calls that set and undo mistakes.
record PremiseCalls(Premises premises) {
  /// @param words what follows `premises`: nothing, or kind and cluster
  Answer answer(Ask ask, List<String> words) {
    if (words.isEmpty() && ask.method().equals("GET")) {
      return list();
    }
    if (words.size() != 2) {
      return Admin.unknown(ask);
    }
    Optional<Premise> premise = Premise.of(words.getFirst());
    if (premise.isEmpty()) {
      return Admin.refused(
          404,
          "no-such-kind",
          "There is no mistake `" + words.getFirst() + "`.",
          Premise.all().stream().map(Premise::kind).toList());
    }
    return switch (ask.method()) {
      case "PUT" -> told(premises.set(premise.get(), words.getLast()), words.getLast());
      case "DELETE" -> told(premises.mend(premise.get(), words.getLast()), words.getLast());
      default -> Admin.unknown(ask);
    };
  }

  private static Answer told(Outcome outcome, String cluster) {
    return switch (outcome) {
      case Outcome.Done() -> state("done");
      case Outcome.Waits() -> state("waits");
      case Outcome.NothingToDo() -> state("nothing-to-do");
      case Outcome.NoSuchCluster(List<String> known) ->
          Admin.refused(404, "no-such-cluster", "There is no cluster `" + cluster + "`.", known);
    };
  }

  private static Answer state(String state) {
    return Answer.json(200, Admin.tree().put("state", state));
  }

  private Answer list() {
    ObjectNode body = Admin.tree();
    var value = body.putArray("value");
    for (Premises.Standing each : premises.standing()) {
      value.addObject().put("kind", each.premise().kind()).put("cluster", each.cluster());
    }
    return Answer.json(200, body);
  }
}
