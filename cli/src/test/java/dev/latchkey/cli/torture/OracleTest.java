// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Origin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// The oracle objects to writes that no deployment may do, and to nothing else.
class OracleTest {
  private static final String GROUPS =
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/";
  private static final String IDENTITY =
      GROUPS
          + "rg-weu/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-orders-aks-weu-1";
  private static final String CLUSTER =
      GROUPS + "rg-weu/providers/Microsoft.ContainerService/managedClusters/aks-weu-1";
  private static final String VAULT =
      GROUPS + "rg-shared/providers/Microsoft.KeyVault/vaults/kv-shared";
  private static final String ASSIGNMENT =
      "/providers/Microsoft.Authorization/roleAssignments/6c7a644a-7ad3-5584-a2ef-d9f0aa9ade0b";
  private static final String READER =
      "/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6";

  private static Arena arena;

  @BeforeAll
  static void deploys() throws Exception {
    arena = Arena.begun(Grounds.around(), Grounds.options(2));
    assertThat(arena.deploy(List.of()).complete()).isTrue();
  }

  @AfterAll
  static void ends() throws Exception {
    arena.close();
  }

  @Test
  void allowsWhatADeploymentDoes() {
    assertThat(
            wrong(
                "PUT",
                IDENTITY,
                "{\"tags\":{\"latchkey-application\":\"orders\",\"latchkey-cluster\":\"%s\"}}"
                    .formatted(CLUSTER)))
        .isEmpty();
    assertThat(wrong("POST", CLUSTER + "/listClusterUserCredential", "")).isEmpty();
    assertThat(inCluster("POST", "/api/v1/namespaces", "{\"metadata\":{\"name\":\"orders\"}}"))
        .isEmpty();
  }

  @Test
  void objectsToAnIdentityThatIsAnothers() {
    assertThat(
            wrong(
                "PUT",
                IDENTITY,
                "{\"tags\":{\"latchkey-application\":\"orders\",\"latchkey-cluster\":\"%s\"}}"
                    .formatted(CLUSTER.replace("weu", "neu"))))
        .singleElement()
        .asString()
        .contains("its tags name something else");
    assertThat(wrong("PUT", IDENTITY.replace("orders", "billing"), "{}"))
        .singleElement()
        .asString()
        .contains("no cluster of the fleet has such a thing");
  }

  @Test
  void objectsToACredentialOfAnotherNameOrIssuer() {
    String credentials = IDENTITY + "/federatedIdentityCredentials/";
    String ours = "lk-aks-weu-1-orders-orders-4ce1f28855dd";

    assertThat(wrong("PUT", credentials + "mine", "{}"))
        .singleElement()
        .asString()
        .contains("name");
    assertThat(
            wrong(
                "PUT", credentials + ours, "{\"properties\":{\"issuer\":\"https://elsewhere/\"}}"))
        .singleElement()
        .asString()
        .contains("the issuer of its cluster is https://");
  }

  @Test
  void objectsToARoleAtAnotherScopeOrForAnotherPrincipal() {
    String principal =
        ((Answer.Body.Json) arena.sandbox.askArm("GET", IDENTITY, "2023-01-31", "").body())
            .tree()
            .at("/properties/principalId")
            .asString();

    assertThat(wrong("PUT", VAULT + ASSIGNMENT, role(READER, principal)))
        .singleElement()
        .asString()
        .contains("not the scope of a secret");
    assertThat(wrong("PUT", VAULT + "/secrets/db-password" + ASSIGNMENT, role(READER, "another")))
        .singleElement()
        .asString()
        .contains("no identity of the fleet");
    assertThat(wrong("PUT", VAULT + "/secrets/db-password" + ASSIGNMENT, role("/owner", principal)))
        .singleElement()
        .asString()
        .contains("another role");
  }

  @Test
  void objectsToAnyDeletionInAzure() {
    assertThat(wrong("DELETE", IDENTITY, ""))
        .singleElement()
        .asString()
        .contains("deletes nothing");
  }

  @Test
  void objectsToAClusterWhoseOtherSettingsChange() {
    var oracle = new Oracle(arena.sandbox, arena.wanted.fleet());

    oracle.answer(
        ask(new Origin.Front(), "PUT", CLUSTER, ""),
        ask -> {
          Answer there = arena.sandbox.askArm("GET", CLUSTER, "2025-05-01", "");
          var tree = ((Answer.Body.Json) there.body()).tree().deepCopy();
          ((ObjectNode) tree).putObject("tags").put("by", "us");
          return arena.sandbox.askArm("PUT", CLUSTER, "2025-05-01", tree.toString());
        });

    assertThat(oracle.wrong()).anySatisfy(line -> assertThat(line).endsWith("changes /tags/by"));
  }

  @Test
  void objectsToWhatIsOutsideOfTheNamespaceOrAnothersIdentity() {
    String other =
        ((Answer.Body.Json)
                arena
                    .sandbox
                    .askArm("GET", IDENTITY.replace("weu", "neu"), "2023-01-31", "")
                    .body())
            .tree()
            .at("/properties/clientId")
            .asString();

    assertThat(inCluster("POST", "/api/v1/namespaces/default/configmaps", "{}"))
        .singleElement()
        .asString()
        .contains("outside of the namespace orders");
    assertThat(
            inCluster(
                "POST", "/api/v1/namespaces/orders/serviceaccounts", "{\"id\":\"" + other + "\"}"))
        .singleElement()
        .asString()
        .contains("the identity of aks-neu-1 does not belong here");
    assertThat(inCluster("DELETE", "/apis/apps/v1/namespaces/orders/deployments/orders", ""))
        .hasSize(1);
  }

  private static String role(String definition, String principal) {
    return "{\"properties\":{\"roleDefinitionId\":\"%s\",\"principalId\":\"%s\"}}"
        .formatted(definition, principal);
  }

  private static List<String> wrong(String method, String path, String body) {
    return wrong(ask(new Origin.Front(), method, path, body));
  }

  private static List<String> inCluster(String method, String path, String body) {
    return wrong(ask(new Origin.Cluster(CLUSTER), method, path, body));
  }

  private static List<String> wrong(Ask ask) {
    var oracle = new Oracle(arena.sandbox, arena.wanted.fleet());
    Answer _ = oracle.answer(ask, _ -> Answer.empty(200));
    return oracle.wrong();
  }

  private static Ask ask(Origin origin, String method, String path, String body) {
    return new Ask(
        origin,
        method,
        path,
        Map.of(),
        Map.of(),
        body.getBytes(StandardCharsets.UTF_8),
        Optional.empty());
  }
}
