// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.transport;

import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.AzureProblem.Policy;
import dev.latchkey.core.problem.AzureAnswer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads which policies denied a write, from the details of ARM's error.
///
/// @see <a
///   href="https://learn.microsoft.com/azure/governance/policy/how-to/determine-non-compliance">determine
///   causes of non-compliance</a>
final class PolicyRefusal {
  private static final String CODE = "RequestDisallowedByPolicy";
  private static final Pattern REASONS = Pattern.compile("Reasons: '(.*)'\\. See error details");

  private PolicyRefusal() {}

  /// The problem, if the answer is such a refusal.
  static Optional<AzureProblem> of(String what, AzureAnswer answer, JsonNode body) {
    if (!answer.code().equals(CODE)) {
      return Optional.empty();
    }
    JsonNode error = body.path("error").isObject() ? body.path("error") : body;
    List<Policy> policies =
        error
            .path("additionalInfo")
            .valueStream()
            .filter(more -> more.path("type").asString("").equals("PolicyViolation"))
            .map(more -> policy(more.path("info")))
            .toList();
    Matcher reasons = REASONS.matcher(answer.message());
    return Optional.of(
        new AzureProblem.DisallowedByPolicy(
            what,
            policies,
            reasons.find() ? Optional.of(reasons.group(1)) : Optional.empty(),
            answer));
  }

  private static Policy policy(JsonNode info) {
    return new Policy(
        info.path("policyDefinitionDisplayName")
            .asString(info.path("policyDefinitionName").asString("")),
        info.path("policyAssignmentId").asString(""),
        info.at("/evaluationDetails/evaluatedExpressions")
            .valueStream()
            .filter(each -> !each.path("expression").asString("").equalsIgnoreCase("type"))
            .map(PolicyRefusal::words)
            .toList());
  }

  /// Such as `tags['owner'] is missing, Exists false`.
  private static String words(JsonNode compared) {
    JsonNode value = compared.path("expressionValue");
    return "%s is %s, %s %s"
        .formatted(
            compared.path("expression").asString(""),
            value.isMissingNode() || value.isNull() ? "missing" : value.asString(value.toString()),
            compared.path("operator").asString(""),
            compared.path("targetValue").asString(compared.path("targetValue").toString()));
  }
}
