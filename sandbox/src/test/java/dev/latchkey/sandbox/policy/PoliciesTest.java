// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.cluster.TestWorld;
import dev.latchkey.sandbox.message.Answer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PoliciesTest {
  private static final String SUBSCRIPTION = "/subscriptions/" + TestWorld.SUBSCRIPTION;
  private static final String AUTHORIZATION = "/providers/Microsoft.Authorization";
  private static final String DEFINITION =
      SUBSCRIPTION + AUTHORIZATION + "/policyDefinitions/deny-it";
  private static final String ASSIGNMENT =
      TestWorld.GROUP + AUTHORIZATION + "/policyAssignments/deny-here";
  private static final String IDENTITY =
      TestWorld.GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-a";
  private static final String VERSION = "?api-version=2023-04-01";

  private final TestWorld world = TestWorld.instant();

  private Answer define(String rule, String parameters) {
    return world.ask(
        "PUT",
        DEFINITION + VERSION,
        """
        {"properties": {"displayName": "Deny it", "mode": "All", "parameters": %s,
          "policyRule": {"if": %s, "then": {"effect": "deny"}}}}
        """
            .formatted(parameters, rule));
  }

  private Answer assign(String more) {
    return world.ask(
        "PUT",
        ASSIGNMENT + VERSION,
        """
        {"properties": {"displayName": "Not here", "policyDefinitionId": "%s"%s}}
        """
            .formatted(DEFINITION, more));
  }

  private Answer identity(String body) {
    return world.ask("PUT", IDENTITY + "?api-version=2024-11-30", body);
  }

  @Test
  void aDeniedWriteTellsWhichPolicyAndWhy() {
    define(
        """
        {"allOf": [{"field": "type", "equals": "Microsoft.ManagedIdentity/userAssignedIdentities"},
                   {"field": "location", "notIn": ["northeurope"]}]}
        """,
        "{}");
    assign("");

    Answer answer = identity("{\"location\": \"westeurope\"}");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(TestWorld.body(answer))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"error": {
                      "code": "RequestDisallowedByPolicy",
                      "target": "id-a",
                      "message": "Resource 'id-a' was disallowed by policy. Policy identifiers: '[{\\"policyAssignment\\":{\\"name\\":\\"Not here\\",\\"id\\":\\"ASSIGNMENT\\"},\\"policyDefinition\\":{\\"name\\":\\"Deny it\\",\\"id\\":\\"DEFINITION\\"}}]'.",
                      "additionalInfo": [{
                        "type": "PolicyViolation",
                        "info": {
                          "policyDefinitionDisplayName": "Deny it",
                          "evaluationDetails": {"evaluatedExpressions": [
                            {"result": "True", "expressionKind": "Field", "expression": "type", "path": "type",
                             "expressionValue": "Microsoft.ManagedIdentity/userAssignedIdentities",
                             "targetValue": "Microsoft.ManagedIdentity/userAssignedIdentities", "operator": "Equals"},
                            {"result": "True", "expressionKind": "Field", "expression": "location", "path": "location",
                             "expressionValue": "westeurope", "targetValue": ["northeurope"], "operator": "NotIn"}]},
                          "policyDefinitionId": "DEFINITION",
                          "policyDefinitionName": "deny-it",
                          "policyDefinitionEffect": "deny",
                          "policyAssignmentId": "ASSIGNMENT",
                          "policyAssignmentName": "deny-here",
                          "policyAssignmentDisplayName": "Not here",
                          "policyAssignmentScope": "GROUP",
                          "policyAssignmentParameters": {}}}]}}
                    """
                        .replace("ASSIGNMENT", ASSIGNMENT)
                        .replace("DEFINITION", DEFINITION)
                        .replace("GROUP", TestWorld.GROUP)));
    assertThat(identity("{\"location\": \"northeurope\"}").status()).isEqualTo(201);
  }

  @Test
  void anAssignmentMayGiveItsOwnReasonAndParameters() {
    define(
        "{\"field\": \"[concat('tags[', parameters('tag'), ']')]\", \"exists\": \"false\"}",
        "{\"tag\": {\"type\": \"String\", \"defaultValue\": \"nothing\"}}");
    assign(
        ", \"parameters\": {\"tag\": {\"value\": \"owner\"}}, \"nonComplianceMessages\":"
            + " [{\"message\": \"Say whose it is.\"}]");

    assertThat(TestWorld.at(identity("{\"location\": \"westeurope\"}"), "/error/message"))
        .isEqualTo(
            "Resource 'id-a' was disallowed by policy. Reasons: 'Say whose it is.'. See error"
                + " details for policy resource IDs.");
    assertThat(identity("{\"location\": \"westeurope\", \"tags\": {\"Owner\": \"us\"}}").status())
        .isEqualTo(201);
  }

  @Test
  void aPatchIsJudgedByWhatItWouldMake() {
    identity("{\"location\": \"westeurope\", \"tags\": {\"owner\": \"us\"}}");
    define("{\"field\": \"tags['owner']\", \"exists\": false}", "{}");
    assign("");
    String url = IDENTITY + "?api-version=2024-11-30";

    assertThat(world.ask("PATCH", url, "{\"tags\": {\"a\": \"b\"}}").status()).isEqualTo(403);
    assertThat(world.ask("PATCH", url, "{\"tags\": {\"owner\": \"we\"}}").status()).isEqualTo(200);
  }

  @Test
  void aPolicyMayLookIntoTheProperties() {
    identity("{\"location\": \"westeurope\"}");
    String type = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";
    define(
        "{\"allOf\": [{\"field\": \"type\", \"equals\": \"%s\"}, {\"not\": {\"field\": \"%s/issuer\", \"like\": \"https://*.oic.prod-aks.azure.com/*\"}}]}"
            .formatted(type, type),
        "{}");
    assign("");
    String credential = IDENTITY + "/federatedIdentityCredentials/cred?api-version=2023-01-31";
    String body =
        "{\"properties\": {\"issuer\": \"%s\", \"subject\": \"system:serviceaccount:a:b\","
            + " \"audiences\": [\"api://AzureADTokenExchange\"]}}";

    assertThat(
            TestWorld.code(world.ask("PUT", credential, body.formatted("https://token.example/"))))
        .isEqualTo("RequestDisallowedByPolicy");
    assertThat(
            world
                .ask(
                    "PUT",
                    credential,
                    body.formatted(
                        "https://westeurope.oic.prod-aks.azure.com/11111111-1111-1111-1111-111111111111/22222222-2222-4222-8222-222222222222/"))
                .status())
        .isEqualTo(201);
  }

  @Test
  void whatIsNotEnforcedOrLeftOutIsNotDenied() {
    define("{\"field\": \"type\", \"like\": \"*\"}", "{}");

    assign(", \"enforcementMode\": \"DoNotEnforce\"");
    assertThat(identity("{\"location\": \"westeurope\"}").status()).isEqualTo(201);
    assign(", \"notScopes\": [\"" + TestWorld.GROUP + "\"]");
    assertThat(identity("{\"location\": \"westeurope\"}").status()).isEqualTo(200);
  }

  @Test
  void aRuleBeyondWhatIsEvaluatedIsRefusedWhenItIsWritten() {
    assertThat(define("{\"value\": \"[utcNow()]\", \"less\": \"2030\"}", "{}").status())
        .isEqualTo(400);
    assertThat(TestWorld.code(assign(""))).isEqualTo("PolicyDefinitionNotFound");
  }

  @Test
  void definitionsAndAssignmentsCanBeReadAndDeleted() {
    define("{\"field\": \"type\", \"equals\": \"x\"}", "{}");
    assign("");
    String list = TestWorld.GROUP + AUTHORIZATION + "/policyAssignments" + VERSION;

    assertThat(TestWorld.at(world.ask("GET", DEFINITION + VERSION), "/properties/policyType"))
        .isEqualTo("Custom");
    assertThat(TestWorld.at(world.ask("GET", list), "/value/0/properties/scope"))
        .isEqualTo(TestWorld.GROUP);
    assertThat(world.ask("DELETE", ASSIGNMENT + VERSION).status()).isEqualTo(200);
    assertThat(world.ask("DELETE", ASSIGNMENT + VERSION).status()).isEqualTo(204);
    assertThat(TestWorld.code(world.ask("GET", ASSIGNMENT + VERSION)))
        .isEqualTo("PolicyAssignmentNotFound");
  }
}
