// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Faults of the wire in front of the simulated services, chosen by the seed.
///
/// @param resets share of requests whose connection is cut before they are looked at
/// @param unavailable share of requests that are answered 503 instead of being looked at
record Storm(Seed seed, double resets, double unavailable) {
  /// No faults.
  static Storm none(Seed seed) {
    return new Storm(seed, 0, 0);
  }

  /// One request in fifty fails, half of these without an answer.
  static Storm rough(Seed seed) {
    return new Storm(seed, 0.01, 0.01);
  }

  /// What happens to one request.
  sealed interface Fault {
    /// The connection ends.
    record Reset() implements Fault {}

    /// An answer that says to come again.
    record Unavailable(Answer answer) implements Fault {}
  }

  /// The fault that strikes this request, if one does.
  Optional<Fault> strike(Ask ask) {
    if (resets + unavailable == 0) {
      return Optional.empty();
    }
    double chance = seed.fraction("storm", ask.method() + " " + ask.path());
    if (chance < resets) {
      return Optional.of(new Fault.Reset());
    }
    return chance < resets + unavailable
        ? Optional.of(new Fault.Unavailable(unavailableAnswer()))
        : Optional.empty();
  }

  private static Answer unavailableAnswer() {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.putObject("error")
        .put("code", "ServiceUnavailable")
        .put("message", "The service is temporarily unavailable. Retry the request.");
    return Answer.json(503, body).with("Retry-After", "1");
  }
}
