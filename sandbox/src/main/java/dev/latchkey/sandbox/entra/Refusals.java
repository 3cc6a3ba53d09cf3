// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.clock.Seed;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Makes the answer to a refused request: the body that every error of Entra ID has.
///
/// @param login the address of Entra ID
record Refusals(SandboxClock clock, Seed seed, String login) {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  /// The number of the AADSTS code.
  int number(Refusal why) {
    return RefusalWording.of(why, new Era(clock.now())).number();
  }

  Answer answer(Refusal why, Ask ask, String correlation) {
    Era era = new Era(clock.now());
    RefusalWording wording = RefusalWording.of(why, era);
    String time = TIMESTAMP.format(clock.now());
    String trace = seed.uuid("trace", ask.path()).toString();
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("error", wording.error());
    body.put(
        "error_description",
        String.join(
            era.separator(),
            "AADSTS%d: %s".formatted(wording.number(), wording.text()),
            "Trace ID: " + trace,
            "Correlation ID: " + correlation,
            "Timestamp: " + time));
    body.putArray("error_codes").add(wording.number());
    body.put("timestamp", time).put("trace_id", trace).put("correlation_id", correlation);
    if (era.hasAddress(wording.number())) {
      body.put("error_uri", login + "/error?code=" + wording.number());
    }
    return Answer.json(wording.status(), body);
  }
}
