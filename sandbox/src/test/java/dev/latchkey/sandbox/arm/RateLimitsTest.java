// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.cluster.TestWorld;
import dev.latchkey.sandbox.limit.Throttling;
import dev.latchkey.sandbox.message.Answer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each bucket that is documented: how many requests it holds, and what the next one is told.
class RateLimitsTest {
  private static final String SUBSCRIPTION = "/subscriptions/" + TestWorld.SUBSCRIPTION;
  private static final String AKS = "/providers/Microsoft.ContainerService/managedClusters";
  private static final String CLUSTER = TestWorld.GROUP + AKS + "/aks-1";
  private static final String LOCATIONS =
      SUBSCRIPTION + "/providers/Microsoft.ContainerService/locations/westeurope";
  private static final String V = "?api-version=2025-08-01";
  private static final String IDENTITIES =
      "/providers/Microsoft.ManagedIdentity/userAssignedIdentities";
  private static final String IDENTITY = TestWorld.GROUP + IDENTITIES + "/id-a";
  private static final String CREDENTIAL = IDENTITY + "/federatedIdentityCredentials";
  private static final String W = "?api-version=2024-11-30";
  private static final String ARM = "?api-version=2022-12-01";

  private final TestWorld world = new TestWorld(Pace.AZURE, Throttling.AZURE);

  @BeforeEach
  void aCluster() {
    world.addPlainCluster("aks-1");
  }

  static List<Arguments> ofTheContainerService() {
    return List.of(
        Arguments.of("GET", CLUSTER + V, 60, "1", "GetManagedClusterHandler.GET"),
        Arguments.of("GET", TestWorld.GROUP + AKS + V, 60, "1", "ListManagedClustersHandler.GET"),
        Arguments.of("PUT", CLUSTER + V, 20, "60", "PutManagedClusterHandler.PUT"),
        Arguments.of("PUT", CLUSTER + "/agentPools/p1" + V, 20, "60", "PutAgentPoolHandler.PUT"),
        Arguments.of("GET", CLUSTER + "/agentPools/p1" + V, 60, "1", "GetAgentPoolHandler.GET"),
        Arguments.of(
            "GET", CLUSTER + "/commandResults/1" + V, 60, "1", "GetCommandResultHandler.GET"),
        Arguments.of(
            "GET", LOCATIONS + "/operations/1" + V, 200, "1", "GetOperationStatusHandler.GET"),
        Arguments.of(
            "POST",
            CLUSTER + "/listClusterUserCredential" + V,
            60,
            "1",
            "PostManagedClusterHandler.POST"));
  }

  @ParameterizedTest
  @MethodSource("ofTheContainerService")
  void theContainerServiceCountsEachKindOfRequest(
      String method, String url, int burst, String pause, String handler) {
    Answer refused = next(method, url, burst);

    assertThat(refused.headers()).containsEntry("Retry-After", pause);
    assertThat(TestWorld.at(refused, "/code")).isEqualTo("Throttled");
    assertThat(TestWorld.at(refused, "/message"))
        .isEqualTo(
            "The %s request limit has been exceeded for SubID='%s', please retry again in %s seconds. For more information, please visit aka.ms/aks/throttling"
                .formatted(handler, TestWorld.SUBSCRIPTION, pause));
  }

  static List<Arguments> ofTheIdentityProvider() {
    return List.of(
        Arguments.of("PUT", IDENTITY + W, 1, "4"),
        Arguments.of("PUT", CREDENTIAL + "/fic" + W, 1, "4"),
        Arguments.of("GET", IDENTITY + W, 1, "2"),
        Arguments.of("GET", CREDENTIAL + W, 1, "4"),
        Arguments.of("DELETE", IDENTITY + W, 1, "4"),
        Arguments.of("GET", TestWorld.GROUP + IDENTITIES + W, 5, "1"),
        Arguments.of("GET", SUBSCRIPTION + IDENTITIES + W, 5, "1"));
  }

  @ParameterizedTest
  @MethodSource("ofTheIdentityProvider")
  void theIdentityProviderCountsBySecond(String method, String url, int burst, String pause) {
    Answer refused = next(method, url, burst);

    assertThat(refused.headers()).containsEntry("Retry-After", pause);
    assertThat(TestWorld.code(refused)).isEqualTo("TooManyRequests");
  }

  @Test
  void aTenantsIdentitiesAreCountedAcrossItsSubscriptions() {
    for (int i = 0; i < 15; i++) {
      String id = "00000000-0000-0000-0000-00000000010" + Integer.toHexString(i / 5);
      world.azure.addSubscription(id, id);
      world.azure.assign(TestWorld.OWNER, TestWorld.OWNER_ROLE, "/subscriptions/" + id);
      assertThat(world.ask("GET", "/subscriptions/" + id + IDENTITIES + W).status()).isEqualTo(200);
    }

    assertThat(world.ask("GET", SUBSCRIPTION + IDENTITIES + W).status()).isEqualTo(429);
  }

  static List<Arguments> ofArm() {
    String assignment =
        SUBSCRIPTION
            + "/providers/Microsoft.Authorization/roleAssignments/66666666-6666-4666-8666-666666666661?api-version=2022-04-01";
    return List.of(
        Arguments.of("GET", SUBSCRIPTION + ARM, 250, "subscription-reads"),
        Arguments.of("PUT", assignment, 200, "subscription-writes"),
        Arguments.of("DELETE", assignment, 200, "subscription-deletes"),
        Arguments.of("GET", "/subscriptions" + ARM, 250, "tenant-reads"));
  }

  @ParameterizedTest
  @MethodSource("ofArm")
  void armCountsReadsWritesAndDeletes(String method, String url, int burst, String kind) {
    assertThat(world.ask(method, url).headers())
        .containsEntry("x-ms-ratelimit-remaining-" + kind, Integer.toString(burst - 1));

    Answer refused = next(method, url, burst - 1);

    assertThat(refused.headers())
        .containsEntry("Retry-After", "1")
        .containsEntry("x-ms-ratelimit-remaining-" + kind, "0");
    assertThat(TestWorld.code(refused)).isEqualTo("SubscriptionRequestsThrottled");
  }

  @Test
  void allCallersTogetherHaveFifteenTimesAsMuch() {
    assertThat(world.ask("GET", SUBSCRIPTION + ARM).headers())
        .containsEntry("x-ms-ratelimit-remaining-subscription-global-reads", "3749");
  }

  @Test
  void armTellsWhatIsLeftInAProvidersRefusalToo() {
    assertThat(next("GET", IDENTITY + W, 1).headers())
        .containsEntry("x-ms-ratelimit-remaining-subscription-reads", "248");
  }

  /// The request after those that a bucket holds.
  private Answer next(String method, String url, int burst) {
    for (int i = 0; i < burst; i++) {
      assertThat(world.ask(method, url, "{}").status()).isNotEqualTo(429);
    }
    Answer refused = world.ask(method, url, "{}");
    assertThat(refused.status()).isEqualTo(429);
    return refused;
  }
}
