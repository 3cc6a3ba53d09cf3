// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Answer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Errors in the forms that Azure gives them.
public final class Refusal {
  private Refusal() {}

  /// An error of a resource provider, in ARM's envelope.
  public static Answer of(int status, String code, String message) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.putObject("error").put("code", code).put("message", message);
    return Answer.json(status, tree);
  }

  /// An error of ARM itself, which marks it as its own.
  public static Answer byGateway(int status, String code, String message) {
    return of(status, code, message).with("x-ms-failure-cause", "gateway");
  }

  /// An error of the container service: without an envelope.
  public static Answer flat(int status, String code, String message, String subcode) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("code", code).putNull("details");
    tree.put("message", message).put("subcode", subcode);
    return Answer.json(status, tree).with("content-type", "application/json");
  }
}
