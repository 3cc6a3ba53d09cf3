// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.message.Answer;
import org.junit.jupiter.api.Test;

class LinkedRightsTest {
  private static final String PIPELINE = "44444444-4444-4444-8444-444444444444";
  private static final String AKS_CONTRIBUTOR = "ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8";
  private static final String NETWORK_CONTRIBUTOR = "4d97b98b-1d4f-4787-a291-c67834d212e7";
  private static final String IDENTITY_OPERATOR = "f1a07417-d97a-45cb-824c-7a7467783830";
  private static final String CLUSTER =
      TestWorld.GROUP + "/providers/Microsoft.ContainerService/managedClusters/aks-1";
  private static final String SUBNET =
      TestWorld.GROUP + "/providers/Microsoft.Network/virtualNetworks/net/subnets/nodes";
  private static final String IDENTITY =
      TestWorld.GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/control";
  private static final String WORKSPACE =
      TestWorld.GROUP + "/providers/Microsoft.OperationalInsights/workspaces/logs";

  private final TestWorld world = TestWorld.instant();

  private Answer put(String identity, String properties) {
    return world.askAs(
        PIPELINE,
        "PUT",
        CLUSTER + "?api-version=2024-09-01",
        """
        {"location": "westeurope", "identity": %s, "properties": {"dnsPrefix": "aks-1", %s}}
        """
            .formatted(identity, properties));
  }

  private static String pool(String more) {
    return "\"agentPoolProfiles\": [{\"name\": \"nodepool1\", \"mode\": \"System\", \"count\": 1, \"vmSize\": \"Standard_D2s_v5\"%s}]"
        .formatted(more);
  }

  private static String inSubnet() {
    return pool(", \"vnetSubnetID\": \"" + SUBNET + "\"");
  }

  private static final String OF_SYSTEM = "{\"type\": \"SystemAssigned\"}";
  private static final String OF_USER =
      "{\"type\": \"UserAssigned\", \"userAssignedIdentities\": {\"" + IDENTITY + "\": {}}}";

  @Test
  void aClusterInASubnetNeedsTheRightToJoinIt() {
    world.azure.assign(PIPELINE, AKS_CONTRIBUTOR, TestWorld.GROUP);

    Answer refused = put(OF_SYSTEM, inSubnet());

    assertThat(refused.status()).isEqualTo(403);
    assertThat(TestWorld.code(refused)).isEqualTo("LinkedAuthorizationFailed");
    assertThat(TestWorld.at(refused, "/error/message"))
        .isEqualTo(
            "The client '%s' with object id '%s' has permission to perform action 'Microsoft.ContainerService/managedClusters/write' on scope '%s'; however, it does not have permission to perform action(s) 'Microsoft.Network/virtualNetworks/subnets/join/action' on the linked scope(s) '%s' (respectively) or the linked scope(s) are invalid."
                .formatted(PIPELINE, PIPELINE, CLUSTER, SUBNET));
    world.azure.assign(PIPELINE, NETWORK_CONTRIBUTOR, SUBNET);
    assertThat(put(OF_SYSTEM, inSubnet()).status()).isEqualTo(201);
  }

  @Test
  void aControlPlaneWithAnIdentityNeedsTheRightToAssignIt() {
    world.azure.assign(PIPELINE, AKS_CONTRIBUTOR, TestWorld.GROUP);

    assertThat(TestWorld.at(put(OF_USER, pool("")), "/error/message"))
        .contains(
            "'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action' on the linked"
                + " scope(s) '"
                + IDENTITY
                + "'");
    world.azure.assign(PIPELINE, IDENTITY_OPERATOR, IDENTITY);
    assertThat(put(OF_USER, pool("")).status()).isEqualTo(201);
  }

  @Test
  void monitoringNeedsTheRightToReadTheWorkspacesKeysWhileItIsOn() {
    world.azure.assign(PIPELINE, AKS_CONTRIBUTOR, TestWorld.GROUP);
    String addon =
        pool("")
            + ", \"addonProfiles\": {\"omsAgent\": {\"enabled\": %s, \"config\":"
            + " {\"logAnalyticsWorkspaceResourceID\": \""
            + WORKSPACE
            + "\"}}}";

    assertThat(TestWorld.at(put(OF_SYSTEM, addon.formatted("true")), "/error/message"))
        .contains("'Microsoft.OperationalInsights/workspaces/sharedkeys/read'");
    assertThat(put(OF_SYSTEM, addon.formatted("false")).status()).isEqualTo(201);
  }

  @Test
  void whatIsMissingInSeveralPlacesIsSaidAtOnce() {
    world.azure.assign(PIPELINE, AKS_CONTRIBUTOR, TestWorld.GROUP);

    assertThat(TestWorld.at(put(OF_USER, inSubnet()), "/error/message"))
        .contains(
            "action(s)"
                + " 'Microsoft.Network/virtualNetworks/subnets/join/action,Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'")
        .contains("'" + SUBNET + "," + IDENTITY + "'");
  }
}
