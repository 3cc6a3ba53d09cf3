// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.message.Answer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Errors of AKS: flat, without ARM's envelope and without a charset.
final class AksError {
  private AksError() {}

  /// An error of AKS itself.
  static Answer of(Release release, int status, String code, String message) {
    ObjectNode tree = JsonMapper.shared().createObjectNode().put("code", code);
    return switch (release.errors()) {
      case BARE -> answer(status, tree.put("message", message));
      case PADDED ->
          answer(status, tree.putNull("details").put("message", message).put("subcode", ""));
    };
  }

  /// An error about one member of the body.
  static Answer about(Release release, int status, String code, String message, String target) {
    Answer answer = of(release, status, code, message);
    if (answer.body() instanceof Answer.Body.Json(ObjectNode tree)) {
      tree.put("target", target);
    }
    return answer;
  }

  /// An error of a component behind AKS, told on with its own words.
  ///
  /// @param cause such as `NotFound desc = Agent Pool not found`
  static Answer behind(int status, String code, String cause, String message, String subcode) {
    ObjectNode tree = JsonMapper.shared().createObjectNode().put("code", code);
    tree.putArray("details")
        .addObject()
        .put("code", "Unspecified")
        .put("message", "rpc error: code = " + cause);
    return answer(status, tree.put("message", message).put("subcode", subcode));
  }

  private static Answer answer(int status, ObjectNode tree) {
    return Answer.json(status, tree).with("content-type", "application/json");
  }
}
