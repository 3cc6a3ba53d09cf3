// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.policy;

import dev.latchkey.sandbox.arm.Stored;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A policy that a write would break.
///
/// @param evaluations the comparisons that led to it
record Violation(AssignedPolicy policy, List<Evaluation> evaluations) {
  /// The refusal with all policies that the write would break.
  static Answer refusal(Subject subject, List<Violation> violations) {
    ObjectNode tree = JsonMapper.shared().createObjectNode();
    ObjectNode error = tree.putObject("error").put("code", "RequestDisallowedByPolicy");
    error.put("target", subject.name());
    error.put("message", message(subject, violations));
    ArrayNode more = error.putArray("additionalInfo");
    violations.forEach(
        violation ->
            more.addObject().put("type", "PolicyViolation").set("info", violation.info(subject)));
    return Answer.json(403, tree).with("x-ms-failure-cause", "gateway");
  }

  private static String message(Subject subject, List<Violation> violations) {
    String reasons =
        violations.stream()
            .flatMap(violation -> violation.policy().message().stream())
            .map(text -> "'" + text + "'")
            .collect(Collectors.joining(", "));
    String what = "Resource '%s' was disallowed by policy. ".formatted(subject.name());
    return reasons.isEmpty()
        ? what + "Policy identifiers: '%s'.".formatted(identifiers(violations))
        : what + "Reasons: %s. See error details for policy resource IDs.".formatted(reasons);
  }

  private static ArrayNode identifiers(List<Violation> violations) {
    ArrayNode identifiers = JsonMapper.shared().createArrayNode();
    for (Violation violation : violations) {
      ObjectNode both = identifiers.addObject();
      both.set("policyAssignment", identifier(violation.policy().assignment()));
      both.set("policyDefinition", identifier(violation.policy().definition()));
    }
    return identifiers;
  }

  private static ObjectNode identifier(Stored one) {
    return JsonMapper.shared().createObjectNode().put("name", title(one)).put("id", one.id());
  }

  private static String title(Stored one) {
    return one.tree().path("properties").path("displayName").asString(one.name());
  }

  private ObjectNode info(Subject subject) {
    Stored definition = policy.definition();
    Stored assignment = policy.assignment();
    ObjectNode info = JsonMapper.shared().createObjectNode();
    info.put("policyDefinitionDisplayName", title(definition));
    ArrayNode expressions = info.putObject("evaluationDetails").putArray("evaluatedExpressions");
    evaluations.forEach(evaluation -> expressions.add(evaluation.tree(subject)));
    info.put("policyDefinitionId", definition.id());
    info.put("policyDefinitionName", definition.name());
    info.put("policyDefinitionEffect", policy.effect());
    info.put("policyAssignmentId", assignment.id());
    info.put("policyAssignmentName", assignment.name());
    info.put("policyAssignmentDisplayName", title(assignment));
    info.put("policyAssignmentScope", policy.assigned().path("scope").asString(""));
    JsonNode parameters = policy.assigned().path("parameters");
    info.set(
        "policyAssignmentParameters",
        parameters.isObject() ? parameters : JsonMapper.shared().createObjectNode());
    return info;
  }
}
