// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.admin;

import dev.latchkey.sandbox.fault.FaultFile;
import dev.latchkey.sandbox.fault.FaultFile.Mistake;
import dev.latchkey.sandbox.fault.FaultFile.Reading;
import dev.latchkey.sandbox.fault.FaultRule;
import dev.latchkey.sandbox.fault.Faults;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The calls that change the fault rules.
record FaultCalls(Faults faults) {
  Answer answer(Ask ask) {
    return switch (ask.method()) {
      case "GET" -> list();
      case "PUT" -> load(ask.text());
      case "DELETE" -> load(List.of());
      default -> Admin.unknown(ask);
    };
  }

  private Answer load(String yaml) {
    return switch (FaultFile.read(yaml)) {
      case Reading.Rules(List<FaultRule> rules) -> load(rules);
      case Reading.Wrong(List<Mistake> mistakes) ->
          Admin.refused(
              400,
              "wrong-faults",
              "These fault rules cannot be understood.",
              mistakes.stream().map(Mistake::toString).toList());
    };
  }

  private Answer load(List<FaultRule> rules) {
    faults.load(rules);
    return list();
  }

  private Answer list() {
    ObjectNode body = Admin.tree();
    var value = body.putArray("value");
    faults.rules().stream().map(FaultRule::toString).forEach(value::add);
    return Answer.json(200, body);
  }
}
