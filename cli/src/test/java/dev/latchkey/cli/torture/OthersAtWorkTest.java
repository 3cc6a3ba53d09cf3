// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.Summary;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Somebody else changes things while a run is on its way.
class OthersAtWorkTest {
  private static final String GROUPS =
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/";
  private static final String IDENTITY =
      GROUPS
          + "rg-weu/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-orders-aks-weu-1";
  private static final String CLUSTER =
      GROUPS + "rg-weu/providers/Microsoft.ContainerService/managedClusters/aks-weu-1";
  private static final String VAULT =
      GROUPS + "rg-shared/providers/Microsoft.KeyVault/vaults/kv-shared";

  /// AKS stops or deletes a cluster within it.
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(15);

  private static final Limits.Wait IMPATIENT =
      new Limits.Wait(Duration.ofSeconds(5), Duration.ofSeconds(10));

  private static Ground ground;

  @BeforeAll
  static void prepares() throws Exception {
    ground = Grounds.of(2);
  }

  @Test
  void anEditOfTheClusterBetweenOurLookAndOurUpdateIsKept() throws Exception {
    try (Arena arena = ground.arena()) {
      atFirst(arena, isPutOf("/managedClusters/aks-weu-1"), () -> tag(arena));
      Summary summary = arena.deploy(List.of());

      ObjectNode cluster = read(arena, CLUSTER, "2025-05-01");
      assertThat(summary.complete()).isTrue();
      assertThat(cluster.at("/tags/owner").asString()).isEqualTo("somebody");
      assertThat(cluster.at("/properties/oidcIssuerProfile/enabled").asBoolean()).isTrue();
    }
  }

  @Test
  void twoRunsAtTheSameTimeBothEndWell() throws Exception {
    try (Arena arena = ground.arena();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = threads.submit(() -> arena.deploy(List.of()));
      var other = threads.submit(() -> arena.deploy(List.of()));

      assertThat(one.get().complete()).as("%s", Ground.problems(one.get())).isTrue();
      assertThat(other.get().complete()).as("%s", Ground.problems(other.get())).isTrue();
      assertThat(ground.end().differences(Picture.of(arena.sandbox.saved()))).isEmpty();
    }
  }

  @Test
  void anIdentityThatIsDeletedUnderUs() throws Exception {
    try (Arena arena = ground.arena()) {
      atFirst(
          arena,
          isPutOf("/federatedIdentityCredentials/lk-aks-weu-1-orders-orders-4ce1f28855dd"),
          () -> ask(arena, "DELETE", IDENTITY, "2023-01-31", ""));
      Summary summary = arena.deploy(List.of());

      assertThat(Ground.problems(summary))
          .singleElement()
          .asString()
          .startsWith("credential: Waited 4 min: the new identity is not everywhere yet.")
          .contains("the parent resource", "could not be found", "ParentResourceNotFound");
      assertThat(summary.succeeded()).isOne();
      assertThat(arena.deploy(List.of()).complete()).isTrue();
    }
  }

  @Test
  void aVaultThatSwitchesToAccessPolicies() throws Exception {
    try (Arena arena = ground.arena()) {
      atFirst(
          arena,
          isPutOf("/providers/Microsoft.Authorization/roleAssignments/"),
          () ->
              ask(
                  arena,
                  "PATCH",
                  VAULT,
                  "2023-07-01",
                  "{\"properties\":{\"enableRbacAuthorization\":false}}"));
      Summary summary = arena.deploy(List.of());

      assertThat(Ground.problems(summary))
          .hasSize(2)
          .allSatisfy(
              problem ->
                  assertThat(problem)
                      .startsWith("verify: The identity may not read `db-password` in `kv-shared`.")
                      .contains(
                          "does not have secrets get permission on key vault", "AccessDenied"));
    }
  }

  @Test
  void aClusterThatIsStopped() throws Exception {
    try (Arena arena = ground.arena()) {
      // the client of Kubernetes repeats each request for seconds of real time
      arena.limit(limits -> limits.with(Lag.API_SERVER_RESTARTING, IMPATIENT));
      atFirst(
          arena,
          isInCluster("POST", "/api/v1/namespaces"),
          () -> {
            ask(arena, "POST", CLUSTER + "/stop", "2025-05-01", "");
            arena.sandbox.clock().advance(LONG_ENOUGH);
          });
      Summary summary = arena.deploy(List.of());

      assertThat(Ground.problems(summary))
          .singleElement()
          .asString()
          .startsWith("release: The cluster is stopped.");
      assertThat(summary.succeeded()).isOne();
    }
  }

  @Test
  void aClusterThatIsDeleted() throws Exception {
    try (Arena arena = ground.arena()) {
      atFirst(
          arena,
          isInCluster("POST", "/api/v1/namespaces"),
          () -> {
            ask(arena, "DELETE", CLUSTER, "2025-05-01", "");
            arena.sandbox.clock().advance(LONG_ENOUGH);
          });
      Summary summary = arena.deploy(List.of());

      assertThat(Ground.problems(summary))
          .singleElement()
          .asString()
          .startsWith(
              "release: There is no AKS cluster `aks-weu-1` in the resource group `rg-weu`.");
      assertThat(summary.succeeded()).isOne();
    }
  }

  private static void tag(Arena arena) {
    ObjectNode cluster = read(arena, CLUSTER, "2025-05-01");
    cluster.putObject("tags").put("owner", "somebody");
    ask(arena, "PUT", CLUSTER, "2025-05-01", cluster.toString());
  }

  private static ObjectNode read(Arena arena, String id, String apiVersion) {
    Answer answer = arena.sandbox.askArm("GET", id, apiVersion, "");
    return (ObjectNode) ((Answer.Body.Json) answer.body()).tree().deepCopy();
  }

  private static void ask(Arena arena, String method, String id, String apiVersion, String body) {
    Answer answer = arena.sandbox.askArm(method, id, apiVersion, body);
    assertThat(answer.status()).as("%s %s: %s", method, id, answer).isLessThan(300);
  }

  private static Predicate<Ask> isPutOf(String path) {
    return ask -> ask.method().equals("PUT") && ask.path().contains(path);
  }

  private static Predicate<Ask> isInCluster(String method, String path) {
    return ask ->
        ask.method().equals(method)
            && ask.path().equals(path)
            && ask.origin().toString().contains("aks-weu-1");
  }

  /// Does something right before such a request is answered for the first time.
  private static void atFirst(Arena arena, Predicate<Ask> request, Runnable deed) {
    var done = new AtomicBoolean();
    arena.sandbox.let(
        (ask, service) -> {
          if (request.test(ask) && done.compareAndSet(false, true)) {
            deed.run();
          }
          return service.answer(ask);
        });
  }
}
