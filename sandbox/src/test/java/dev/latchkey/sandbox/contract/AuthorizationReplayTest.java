// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.contract.Report.Line;
import dev.latchkey.sandbox.contract.Report.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What refusals show of rights, locks and policies is made true for the exchange that shows it.
class AuthorizationReplayTest {
  private static final String SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000";
  private static final String GROUP = SUBSCRIPTION + "/resourceGroups/rg";
  private static final String VAULT = GROUP + "/providers/Microsoft.KeyVault/vaults/kv";
  private static final String CALLER = "22222222-2222-4222-8222-222222222222";
  private static final String ROLE = "b24988ac-6180-42a0-ab88-20f7382dd24c";
  private static final String ASSIGNMENT =
      VAULT
          + "/providers/Microsoft.Authorization/roleAssignments/66666666-6666-4666-8666-666666666666?api-version=2022-04-01";

  @TempDir private Path folder;

  private static String exchange(
      String method, String url, String body, int status, String answer) {
    return """
    {"request": {"method": "%s", "url": "https://management.azure.com%s"%s},
     "response": {"status": %d, "headers": {}%s}}
    """
        .formatted(method, url, member(body), status, member(answer));
  }

  private static String member(String body) {
    return body.isEmpty() ? "" : ", \"body\": " + body;
  }

  private static String refused(String method, String url, String body, int status, String error) {
    return exchange(method, url, body, status, "{\"error\": {" + error + "}}");
  }

  private static String wish(String role) {
    return "{\"properties\": {\"roleDefinitionId\": \"%s/providers/Microsoft.Authorization/roleDefinitions/%s\", \"principalId\": \"%s\"}}"
        .formatted(SUBSCRIPTION, role, CALLER);
  }

  private Stream<String> differences(String... exchanges) throws IOException {
    Files.writeString(
        folder.resolve("case.json"),
        "{\"kind\": \"documented\", \"title\": \"\", \"source\": {}, \"exchanges\": ["
            + Stream.of(exchanges).collect(Collectors.joining(","))
            + "]}");
    Report report = Contract.replay(folder);
    assertThat(report.unreadable()).isEmpty();
    return report.all(Outcome.DIFFERENT).stream().map(Line::toString);
  }

  @Test
  void whatOneExchangeIsRefusedTheNextMayDo() throws IOException {
    String message =
        "The client '%s' with object id '%s' does not have authorization to perform action 'Microsoft.KeyVault/vaults/read' over scope '%s' or the scope is invalid. If access was recently granted, please refresh your credentials."
            .formatted(CALLER, CALLER, VAULT);

    assertThat(
            differences(
                refused(
                    "GET",
                    VAULT + "?api-version=2023-07-01",
                    "",
                    403,
                    "\"code\": \"AuthorizationFailed\", \"message\": \"" + message + "\""),
                exchange(
                    "GET",
                    VAULT + "/providers/Microsoft.Authorization/permissions?api-version=2022-04-01",
                    "",
                    200,
                    "{\"value\": [{\"actions\": [\"*/read\"], \"notActions\": [\"x/read\"],"
                        + " \"dataActions\": [], \"notDataActions\": []}]}"),
                exchange("DELETE", ASSIGNMENT, "", 204, "")))
        .isEmpty();
  }

  @Test
  void anotherMessageThanRecordedIsADifference() throws IOException {
    assertThat(
            differences(
                refused(
                    "DELETE",
                    ASSIGNMENT,
                    "",
                    409,
                    "\"code\": \"ScopeLocked\", \"message\": \"cannot perform delete operation because following scope(s) are locked: '%s'\""
                        .formatted(GROUP))))
        .hasSize(1);
  }

  @Test
  void aLinkedRightIsMissingWhereTheAnswerSaysSo() throws IOException {
    String cluster = GROUP + "/providers/Microsoft.ContainerService/managedClusters/aks";
    String subnet = GROUP + "/providers/Microsoft.Network/virtualNetworks/v/subnets/s";
    String message =
        "The client '%s' with object id '%s' has permission to perform action 'Microsoft.ContainerService/managedClusters/write' on scope '%s'; however, it does not have permission to perform action(s) 'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked scope(s) '%s' (respectively) or the linked scope(s) are invalid."
            .formatted(CALLER, CALLER, cluster, subnet);

    assertThat(
            differences(
                refused(
                    "PUT",
                    cluster + "?api-version=2024-09-01",
                    "{\"location\": \"westus\", \"properties\": {\"agentPoolProfiles\": [{\"vnetSubnetID\": \"%s\"}]}}"
                        .formatted(subnet),
                    403,
                    "\"code\": \"LinkedAuthorizationFailed\", \"message\": \"" + message + "\"")))
        .isEmpty();
  }

  @Test
  void locksStandWhereTheAnswerSaysSoAndAreGoneAfterwards() throws IOException {
    String message =
        "The scope '%s' cannot perform delete operation because following scope(s) are locked: '%s'. Please remove the lock and try again."
            .formatted(ASSIGNMENT.replaceFirst("\\?.*", ""), GROUP);

    assertThat(
            differences(
                refused(
                    "DELETE",
                    ASSIGNMENT,
                    "",
                    409,
                    "\"code\": \"ScopeLocked\", \"message\": \"" + message + "\""),
                exchange("DELETE", ASSIGNMENT, "", 204, "")))
        .isEmpty();
  }

  @Test
  void policiesDenyWhatTheAnswerSays() throws IOException {
    String definition = SUBSCRIPTION + "/providers/Microsoft.Authorization/policyDefinitions/d";
    String assignment = GROUP + "/providers/Microsoft.Authorization/policyAssignments/a";
    String error =
        """
        "code": "RequestDisallowedByPolicy", "target": "id",
        "message": "Resource 'id' was disallowed by policy. Policy identifiers: '[{\\"policyAssignment\\":{\\"name\\":\\"A\\",\\"id\\":\\"%s\\"},\\"policyDefinition\\":{\\"name\\":\\"D\\",\\"id\\":\\"%s\\"}}]'.",
        "additionalInfo": [{"type": "PolicyViolation", "info": {
          "policyDefinitionDisplayName": "D",
          "evaluationDetails": {"evaluatedExpressions": [{"result": "True", "expressionKind": "Field", "expression": "location", "path": "location", "expressionValue": "westus", "targetValue": "westus", "operator": "Equals"}]},
          "policyDefinitionId": "%s", "policyDefinitionName": "d", "policyDefinitionEffect": "Deny",
          "policyAssignmentId": "%s", "policyAssignmentName": "a", "policyAssignmentDisplayName": "A",
          "policyAssignmentScope": "%s", "policyAssignmentParameters": {}}}]
        """
            .formatted(assignment, definition, definition, assignment, GROUP);

    assertThat(
            differences(
                refused(
                    "PUT",
                    GROUP
                        + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id?api-version=2023-01-31",
                    "{\"location\": \"westus\"}",
                    403,
                    error)))
        .isEmpty();
  }

  @Test
  void refusalsOfAssignmentsAndRolesFindTheirCauses() throws IOException {
    String unknown = "00000000-0000-4000-8000-00000000000a";
    String definitions = SUBSCRIPTION + "/providers/Microsoft.Authorization/roleDefinitions/";

    assertThat(
            differences(
                refused(
                    "PUT",
                    ASSIGNMENT,
                    wish(unknown),
                    404,
                    "\"code\": \"RoleDefinitionDoesNotExist\", \"message\": \"The specified role"
                        + " definition with ID '0000000000004000800000000000000a' does not"
                        + " exist.\""),
                refused(
                    "PUT",
                    definitions + unknown + "?api-version=2022-04-01",
                    "{\"properties\": {\"roleName\": \"mine\", \"permissions\": [], \"assignableScopes\": [\"%s\"]}}"
                        .formatted(SUBSCRIPTION),
                    409,
                    "\"code\": \"RoleDefinitionWithSameNameExists\", \"message\": \"A custom role"
                        + " with the same name already exists in this directory. Use a different"
                        + " name.\""),
                refused(
                    "PUT",
                    ASSIGNMENT,
                    wish(ROLE),
                    400,
                    "\"code\": \"RoleAssignmentLimitExceeded\", \"message\": \"The number of role"
                        + " assignments has exceeded the limit of 4000.\"")))
        .isEmpty();
  }
}
