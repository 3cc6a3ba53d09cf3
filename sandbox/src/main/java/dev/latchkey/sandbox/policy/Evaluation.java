// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.policy;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One comparison that a policy made, as the details of a denial tell it.
record Evaluation(
    String field, Operator operator, JsonNode target, List<JsonNode> values, boolean holds) {
  static Evaluation of(String field, Operator operator, JsonNode target, Subject subject) {
    List<JsonNode> values = subject.values(field);
    return new Evaluation(field, operator, target, values, operator.holds(values, target));
  }

  ObjectNode tree(Subject subject) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    tree.put("result", holds ? "True" : "False");
    tree.put("expressionKind", "Field").put("expression", field);
    tree.put("path", subject.path(field));
    if (values.size() == 1) {
      tree.set("expressionValue", values.getFirst());
    }
    tree.set("targetValue", target);
    return tree.put("operator", operator.word());
  }
}
