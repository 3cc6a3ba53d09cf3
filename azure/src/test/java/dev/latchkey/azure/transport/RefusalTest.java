// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.azure.fake.Recordings;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.problem.AzureAnswer;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RefusalTest {
  private static final HttpHeaders NONE = HttpHeaders.of(Map.of(), (name, value) -> true);

  @Test
  void readsTheWrappedErrorOfArmAndNamesTheMissingRight() {
    AzureAnswer answer = recorded("arm-common", "authorization-failed-403.json");

    assertThat(Refusal.problem("Reading", answer, Duration.ZERO))
        .isEqualTo(
            new AzureProblem.NotAllowed(
                "Reading",
                "Microsoft.Authorization/policyDefinitions/error_policy/read",
                "/providers/Microsoft.Authorization/policyDefinitions/test",
                answer));
  }

  @Test
  void namesTheRightThatIsMissingOnALinkedResource() {
    var answer =
        new AzureAnswer(
            403,
            "LinkedAuthorizationFailed",
            "The client 'c' with object id 'o' has permission to perform action"
                + " 'Microsoft.ContainerService/managedClusters/write' on scope '/clusters/one';"
                + " however, it does not have permission to perform action"
                + " 'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked"
                + " scope(s) '/subnets/two' or the linked scope(s) are invalid.",
            "");

    assertThat(Refusal.problem("Writing", answer, Duration.ZERO))
        .isEqualTo(
            new AzureProblem.NotAllowed(
                "Writing",
                "Microsoft.Network/virtualNetworks/subnets/join/action",
                "/subnets/two",
                answer));
  }

  @Test
  void namesThePolicyThatForbidsAWrite() {
    String body =
        """
        {"error": {"code": "RequestDisallowedByPolicy", "message": "Resource 'id' was disallowed by policy.",
          "additionalInfo": [{"type": "PolicyViolation", "info": {
            "policyDefinitionDisplayName": "Allowed locations", "policyAssignmentId": "/a/1",
            "evaluationDetails": {"evaluatedExpressions": [
              {"expression": "type", "expressionValue": "T", "operator": "Equals", "targetValue": "T"},
              {"expression": "location", "expressionValue": "westeurope", "operator": "NotIn",
               "targetValue": ["northeurope"]}]}}}]}}""";
    AzureAnswer answer = Refusal.read(403, NONE, body);

    assertThat(PolicyRefusal.of("Writing", answer, Refusal.tree(body)))
        .contains(
            new AzureProblem.DisallowedByPolicy(
                "Writing",
                List.of(
                    new AzureProblem.Policy(
                        "Allowed locations",
                        "/a/1",
                        List.of("location is westeurope, NotIn [\"northeurope\"]"))),
                Optional.empty(),
                answer));
  }

  @Test
  void keepsAzuresWordsWhereItTellsNothingOfThePolicy() {
    String body = "{\"error\": {\"code\": \"RequestDisallowedByPolicy\", \"message\": \"No.\"}}";
    AzureAnswer answer = Refusal.read(403, NONE, body);

    assertThat(PolicyRefusal.of("Writing", answer, Refusal.tree(body)).orElseThrow().text().seen())
        .containsExactly("answer   No.");
  }

  @Test
  void readsTheFlatErrorOfAks() {
    assertThat(recorded("arm-managedclusters", "update-409-etag-mismatch.json"))
        .isEqualTo(
            new AzureAnswer(
                409,
                "EtagMismatch",
                "Operation is not allowed: Another operation is in progress",
                ""));
  }

  @Test
  void readsTheInnerCodeOfKeyVault() {
    assertThat(recorded("keyvault-data", "get-403-forbidden-by-rbac.json").code())
        .isEqualTo("ForbiddenByRbac");
  }

  @Test
  void readsTheNumberOfEntraAndLeavesItsTraceOut() {
    AzureAnswer answer = recorded("entra", "exchange-700211-issuer.json");

    assertThat(answer.code()).isEqualTo("AADSTS700211");
    assertThat(answer.message())
        .startsWith("AADSTS700211: No matching federated identity record found")
        .doesNotContain("Trace ID");
    assertThat(answer.correlationId()).isEqualTo("55555555-5555-4555-8555-555555555555");
  }

  @Test
  void keepsTheCorrelationIdOfAGatewaysPage() {
    var headers =
        HttpHeaders.of(
            Map.of("x-ms-correlation-request-id", List.of("abc")), (name, value) -> true);

    assertThat(Refusal.read(502, headers, "<html>Bad Gateway</html>"))
        .isEqualTo(new AzureAnswer(502, "NoErrorCode", "", "abc"));
  }

  private static AzureAnswer recorded(String folder, String name) {
    JsonNode response =
        Recordings.exchanges(Recordings.file(folder, name)).getLast().path("response");
    return Refusal.read(response.path("status").asInt(), NONE, response.path("body").toString());
  }
}
