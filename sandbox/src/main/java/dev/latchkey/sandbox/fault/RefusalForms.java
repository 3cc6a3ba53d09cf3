// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.fault;

import dev.latchkey.sandbox.fault.FaultRule.Effect.Refuse;
import dev.latchkey.sandbox.message.Answer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A refusal in the form of the service that is asked.
final class RefusalForms {
  private RefusalForms() {}

  static Answer of(String service, Refuse refusal) {
    Answer answer = Answer.json(refusal.status(), body(service, refusal));
    return refusal
        .retryAfter()
        .map(wait -> answer.with("Retry-After", Long.toString(wait.toSeconds())))
        .orElse(answer);
  }

  private static ObjectNode body(String service, Refuse refusal) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    switch (service) {
      case "kubernetes" ->
          body.put("kind", "Status")
              .put("apiVersion", "v1")
              .put("status", "Failure")
              .put("message", refusal.message())
              .put("reason", refusal.code())
              .put("code", refusal.status());
      case "entra" -> body.put("error", refusal.code()).put("error_description", refusal.message());
      default ->
          body.putObject("error").put("code", refusal.code()).put("message", refusal.message());
    }
    return body;
  }
}
