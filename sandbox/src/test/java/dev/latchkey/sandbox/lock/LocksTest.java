// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.lock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.cluster.TestWorld;
import dev.latchkey.sandbox.message.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocksTest {
  private static final String IDENTITY =
      TestWorld.GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-a";
  private static final String CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";
  private static final String STRANGER = "44444444-4444-4444-8444-444444444444";

  private final TestWorld world = TestWorld.instant();

  @BeforeEach
  void anIdentity() {
    assertThat(write().status()).isEqualTo(201);
  }

  private Answer write() {
    return world.ask("PUT", IDENTITY + "?api-version=2024-11-30", "{\"location\": \"westeurope\"}");
  }

  private Answer delete() {
    return world.ask("DELETE", IDENTITY + "?api-version=2024-11-30");
  }

  private static String lock(String scope) {
    return scope + "/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01";
  }

  private Answer lock(String scope, String level) {
    return world.ask("PUT", lock(scope), "{\"properties\": {\"level\": \"%s\"}}".formatted(level));
  }

  private static final String SUBSCRIPTION = "/subscriptions/" + TestWorld.SUBSCRIPTION;

  @ParameterizedTest
  @ValueSource(strings = {IDENTITY, TestWorld.GROUP, "/subscriptions/" + TestWorld.SUBSCRIPTION})
  void whatMayNotBeDeletedMayBeChanged(String scope) {
    assertThat(lock(scope, "CanNotDelete").status()).isEqualTo(201);

    Answer refused = delete();

    assertThat(refused.status()).isEqualTo(409);
    assertThat(TestWorld.code(refused)).isEqualTo("ScopeLocked");
    assertThat(TestWorld.at(refused, "/error/message"))
        .isEqualTo(
            "The scope '%s' cannot perform delete operation because following scope(s) are locked: '%s'. Please remove the lock and try again."
                .formatted(IDENTITY, scope));
    assertThat(write().status()).isEqualTo(200);
  }

  @Test
  void whatIsReadOnlyMayNeitherBeChangedNorAskedForKeys() {
    String cluster =
        TestWorld.GROUP + "/providers/Microsoft.ContainerService/managedClusters/aks-1";
    world.ask(
        "PUT",
        cluster + "?api-version=2024-09-01",
        "{\"location\": \"westeurope\", \"identity\": {\"type\": \"SystemAssigned\"},"
            + " \"properties\": {\"dnsPrefix\": \"a\", \"agentPoolProfiles\": [{\"name\": \"p\","
            + " \"mode\": \"System\", \"count\": 1, \"vmSize\": \"Standard_D2s_v5\"}]}}");
    lock(TestWorld.GROUP, "ReadOnly");

    assertThat(TestWorld.at(write(), "/error/message"))
        .contains("cannot perform write operation")
        .contains("'" + TestWorld.GROUP + "'");
    assertThat(
            TestWorld.at(
                world.ask("POST", cluster + "/listClusterUserCredential?api-version=2024-09-01"),
                "/error/message"))
        .startsWith("The scope '" + cluster + "' cannot perform write operation");
    assertThat(delete().status()).isEqualTo(409);
    assertThat(world.ask("GET", cluster + "?api-version=2024-09-01").status()).isEqualTo(200);
  }

  @Test
  void aGroupThatHoldsALockedResourceStays() {
    lock(IDENTITY, "CanNotDelete");

    Answer refused = world.ask("DELETE", TestWorld.GROUP + "?api-version=2024-03-01");

    assertThat(TestWorld.at(refused, "/error/message"))
        .contains("following scope(s) are locked: '" + IDENTITY + "'");
  }

  @Test
  void whoHasRightsOnResourcesAloneCannotUnlockThem() {
    lock(TestWorld.GROUP, "ReadOnly");
    world.azure.assign(STRANGER, CONTRIBUTOR, SUBSCRIPTION);

    assertThat(world.askAs(STRANGER, "DELETE", lock(TestWorld.GROUP), "").status()).isEqualTo(403);
    assertThat(world.ask("DELETE", lock(TestWorld.GROUP)).status()).isEqualTo(200);
    assertThat(world.ask("DELETE", lock(TestWorld.GROUP)).status()).isEqualTo(204);
    assertThat(delete().status()).isEqualTo(200);
  }

  @Test
  void locksAreListedWithThoseAboveAndBelow() {
    lock(SUBSCRIPTION, "CanNotDelete");
    lock(IDENTITY, "ReadOnly");
    String list =
        TestWorld.GROUP + "/providers/Microsoft.Authorization/locks?api-version=2016-09-01";

    assertThat(TestWorld.body(world.ask("GET", list)).path("value")).hasSize(2);
    Answer above = world.ask("GET", list + "&$filter=atScope()");
    assertThat(TestWorld.body(above).path("value")).hasSize(1);
    assertThat(TestWorld.body(above).at("/value/0").propertyNames())
        .containsExactly("properties", "id", "type", "name");
  }

  @Test
  void anUnknownLevelIsNoLock() {
    assertThat(lock(TestWorld.GROUP, "Forever").status()).isEqualTo(400);
    assertThat(world.ask("GET", lock(TestWorld.GROUP)).status()).isEqualTo(404);
  }
}
