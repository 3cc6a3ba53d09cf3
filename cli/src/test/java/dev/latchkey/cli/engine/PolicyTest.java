// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Step;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Azure Policy forbids a write: its refusal is told so that one knows whom to ask for what.
class PolicyTest {
  private static final String AUTHORIZATION = "/providers/Microsoft.Authorization";
  private static final String DEFINITION =
      "/subscriptions/" + Stage.SUBSCRIPTION + AUTHORIZATION + "/policyDefinitions/owners";
  private static final String ASSIGNMENT =
      Stage.group("rg-weu") + AUTHORIZATION + "/policyAssignments/owners-here";
  private static final String VERSION = "2023-04-01";

  @TempDir Path folder;

  @Test
  void namesThePolicyAndWhatItLookedAtAndGoesOnOnceTheFileObeysIt() {
    try (var stage = Stage.of(2, folder)) {
      identitiesNeedAnOwner(stage, "");

      Summary summary = stage.deploy();

      assertThat(Stage.told(Stage.result(summary, "aks-weu-1"), Step.MANAGED_IDENTITY))
          .isEqualTo(
              """
              disallowed-by-policy: Making the identity `id-orders-aks-weu-1` is forbidden by Azure Policy.
              seen: policy      Say whose it is
              seen: assignment  %s
              seen: because     tags['owner'] is missing, Exists false
              why: Whoever assigned it decides what may be written there, whatever rights there are: RequestDisallowedByPolicy (HTTP 403, correlation id …). Nothing was changed by this request.
              next: let the file, or the resource that is there, be as the policy wants it; or its owner exempts it: az policy exemption create --exemption-category Waiver --policy-assignment %s --scope SCOPE --name NAME"""
                  .formatted(ASSIGNMENT, ASSIGNMENT));
      assertThat(Stage.result(summary, "aks-neu-1").succeeded()).isTrue();

      assertThat(stage.deploy(PolicyTest::withOwner).complete()).isTrue();
    }
  }

  @Test
  void tellsTheReasonThatTheOwnerOfThePolicyGives() {
    try (var stage = Stage.of(1, folder)) {
      identitiesNeedAnOwner(
          stage, ", \"nonComplianceMessages\": [{\"message\": \"Tag it, or ask platform@.\"}]");

      assertThat(Stage.told(Stage.result(stage.deploy(), "aks-weu-1"), Step.MANAGED_IDENTITY))
          .contains("seen: reason      Tag it, or ask platform@.\n");
    }
  }

  private static String withOwner(String file) {
    return file + "\nidentity: { tags: { owner: us } }\n";
  }

  private static void identitiesNeedAnOwner(Stage stage, String more) {
    stage.arm(
        "PUT",
        DEFINITION,
        VERSION,
        """
        {"properties": {"displayName": "Say whose it is", "mode": "All", "policyRule": {
          "if": {"allOf": [{"field": "type", "equals": "Microsoft.ManagedIdentity/userAssignedIdentities"},
                           {"field": "tags['owner']", "exists": "false"}]},
          "then": {"effect": "deny"}}}}""");
    stage.arm(
        "PUT",
        ASSIGNMENT,
        VERSION,
        "{\"properties\": {\"displayName\": \"Owners\", \"policyDefinitionId\": \"%s\"%s}}"
            .formatted(DEFINITION, more));
  }
}
