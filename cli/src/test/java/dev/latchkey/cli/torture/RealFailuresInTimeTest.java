// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Row;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.sandbox.fault.FaultFile;
import dev.latchkey.sandbox.fault.FaultRule;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Delays and collisions of Azure's at which deployments of others failed, at Azure's own pace.
class RealFailuresInTimeTest {
  private static final String CLUSTER =
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-weu/providers/Microsoft.ContainerService/managedClusters/aks-weu-1";

  private static final String IDENTITY =
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-weu/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-orders-aks-weu-1";

  /// AKS ends an update within it.
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(15);

  private static Ground ground;

  private final List<Event> events = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void prepares() throws Exception {
    ground = Grounds.of(1);
  }

  @Test
  @Row("C023")
  void usesANewCredentialOnlyOnceItHasSettled() throws Exception {
    List<Instant> written = Collections.synchronizedList(new ArrayList<>());
    List<Instant> used = Collections.synchronizedList(new ArrayList<>());
    try (Arena arena = ground.arena()) {
      arena.deploy(List.of());
      String client = get(arena, IDENTITY, "2023-01-31").at("/properties/clientId").asString();
      credentials(arena)
          .forEach(
              id ->
                  assertThat(arena.sandbox.askArm("DELETE", id, "2023-01-31", "").status())
                      .isEqualTo(200));
      arena.sandbox.let(
          (ask, service) -> {
            Answer answer = service.answer(ask);
            if (isPutOf(ask, "/federatedIdentityCredentials/")) {
              written.add(arena.time.instant());
            }
            if (ask.path().endsWith("/oauth2/v2.0/token")
                && ask.text().contains(client)
                && !written.isEmpty()) {
              used.add(arena.time.instant());
            }
            return answer;
          });

      assertThat(arena.deploy(List.of(events::add)).complete()).isTrue();
    }
    assertThat(used).isNotEmpty();
    assertThat(Duration.between(written.getFirst(), used.getFirst()))
        .isGreaterThanOrEqualTo(Lag.CREDENTIAL_SETTLING.usual());
    assertThat(lags()).contains(Lag.CREDENTIAL_SETTLING);
  }

  @Test
  @Row("C026")
  void waitsUntilTheProviderKnowsTheIdentityThatThisRunMade() throws Exception {
    Summary summary =
        deploy(
            refused(
                "PUT Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
                "nth: [1, 2, 3]",
                404,
                "ParentResourceNotFound"));

    assertThat(summary.complete()).as("%s", Ground.problems(summary)).isTrue();
    assertThat(lags()).contains(Lag.IDENTITY_NOT_YET_FOUND);
  }

  @Test
  @Row("C028")
  void waitsWhileAnotherCredentialOfTheIdentityIsWritten() throws Exception {
    Summary summary =
        deploy(
            refused(
                "PUT Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
                "nth: [1, 2]",
                409,
                "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity"));

    assertThat(summary.complete()).as("%s", Ground.problems(summary)).isTrue();
    assertThat(lags()).contains(Lag.CREDENTIAL_WRITES_COLLIDE);
  }

  @Test
  @Row({"C031", "C032"})
  void saysThatThePrincipalIsAServiceAndStillWaitsForTheDirectory() throws Exception {
    List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    try (Arena arena = ground.arena()) {
      arena.sandbox.load(
          refused(
              "PUT Microsoft.Authorization/roleAssignments",
              "nth: [1, 2]",
              400,
              "PrincipalNotFound"));
      arena.sandbox.let(
          (ask, service) -> {
            if (isPutOf(ask, "/roleAssignments/")) {
              bodies.add(ask.text());
            }
            return service.answer(ask);
          });

      assertThat(arena.deploy(List.of(events::add)).complete()).isTrue();
    }
    assertThat(lags()).contains(Lag.PRINCIPAL_NOT_YET_FOUND);
    assertThat(bodies)
        .isNotEmpty()
        .allMatch(body -> body.contains("\"principalType\":\"ServicePrincipal\""));
  }

  @Test
  @Row("C042")
  void takesARoleThatSomebodyGaveAMomentEarlierAsDone() throws Exception {
    List<Integer> answers = Collections.synchronizedList(new ArrayList<>());
    try (Arena arena = ground.arena()) {
      arena.sandbox.let(
          (ask, service) -> {
            if (!isPutOf(ask, "/roleAssignments/")) {
              return service.answer(ask);
            }
            arena.sandbox.askArm(
                "PUT",
                ask.path().replaceFirst("[^/]+$", UUID.randomUUID().toString()),
                "2022-04-01",
                ask.text());
            Answer answer = service.answer(ask);
            answers.add(answer.status());
            return answer;
          });
      Summary summary = arena.deploy(List.of(events::add));

      assertThat(summary.complete()).as("%s", Ground.problems(summary)).isTrue();
    }
    assertThat(answers).hasSize(2).containsOnly(409);
  }

  @Test
  @Row("C084")
  void waitsUntilTheVaultHonoursTheRole() throws Exception {
    try (Arena arena =
        ground.arena(
            7, Grounds.options(1).withProfile(Grounds.options(1).profile().withLongestLags()))) {
      Summary summary = arena.deploy(List.of(events::add));

      assertThat(summary.complete()).as("%s", Ground.problems(summary)).isTrue();
    }
    assertThat(lags()).contains(Lag.ROLE_NOT_YET_HONOURED);
  }

  @Test
  @Row({"C089", "C144"})
  void looksAgainWhenSomebodyElseWroteTheClusterAndKeepsWhatTheyWrote() throws Exception {
    try (Arena arena = ground.arena()) {
      List<String> asked = Collections.synchronizedList(new ArrayList<>());
      var first = new AtomicBoolean(true);
      arena.sandbox.let(
          (ask, service) -> {
            if (isPutOf(ask, "/managedClusters/aks-weu-1") && first.compareAndSet(true, false)) {
              tag(arena);
            }
            Answer answer = service.answer(ask);
            if (ask.path().endsWith("/managedClusters/aks-weu-1")) {
              asked.add(ask.method() + " " + answer.status());
            }
            return answer;
          });

      Summary summary = arena.deploy(List.of(events::add));

      assertThat(asked).containsSubsequence("PUT 409", "GET 200", "PUT 200");
      assertThat(summary.complete()).as("%s", Ground.problems(summary)).isTrue();
      assertThat(cluster(arena).at("/tags/owner").asString()).isEqualTo("somebody");
      assertThat(
              cluster(arena).at("/properties/securityProfile/workloadIdentity/enabled").asBoolean())
          .isTrue();
    }
  }

  @Test
  @Row("C089")
  void leavesItAtThatWhenSomebodyElseSwitchedOnTheSame() throws Exception {
    try (Arena arena = ground.arena()) {
      List<Integer> updates = Collections.synchronizedList(new ArrayList<>());
      var first = new AtomicBoolean(true);
      arena.sandbox.let(
          (ask, service) -> {
            if (!isPutOf(ask, "/managedClusters/aks-weu-1")) {
              return service.answer(ask);
            }
            if (first.compareAndSet(true, false)) {
              change(
                  arena,
                  cluster -> {
                    cluster.withObject("/properties/oidcIssuerProfile").put("enabled", true);
                    cluster
                        .withObject("/properties/securityProfile/workloadIdentity")
                        .put("enabled", true);
                  });
            }
            Answer answer = service.answer(ask);
            updates.add(answer.status());
            return answer;
          });

      Summary summary = arena.deploy(List.of(events::add));

      assertThat(summary.complete()).as("%s", Ground.problems(summary)).isTrue();
      assertThat(updates).containsExactly(409);
    }
  }

  /// The operation counts as done, and what it was to switch on is off.
  @Test
  @Row("C091")
  void doesNotTrustAnOperationThatAnotherOneSuperseded() throws Exception {
    try (Arena arena = ground.arena()) {
      write(
          arena,
          cluster -> cluster.withObject("/properties/oidcIssuerProfile").put("enabled", true));
      supersede(arena);

      Summary summary = arena.deploy(List.of(events::add));

      assertThat(summary.complete()).as("%s", Ground.problems(summary)).isTrue();
      assertThat(
              cluster(arena).at("/properties/securityProfile/workloadIdentity/enabled").asBoolean())
          .isTrue();
    }
  }

  @Test
  @Row("C093")
  void beginsAnUpdateAgainInWhichAzureThrottledItselfAndFewerAtOnce() throws Exception {
    try (Arena arena = Arena.begun(Grounds.around(), Grounds.options(5))) {
      var provider = new CrowdedProvider(arena, 2);
      arena.sandbox.let(provider::answer);

      Summary summary = arena.deploy(List.of(events::add));

      assertThat(summary.complete()).as("%s", Ground.problems(summary)).isTrue();
      List<CrowdedProvider.Begun> first = provider.begun().subList(0, 5);
      List<CrowdedProvider.Begun> again = provider.begun().subList(5, provider.begun().size());
      assertThat(first).extracting(CrowdedProvider.Begun::beside).contains(5);
      assertThat(again)
          .isNotEmpty()
          .allSatisfy(update -> assertThat(update.beside()).isLessThanOrEqualTo(2));
      assertThat(Duration.between(first.getLast().until(), again.getFirst().at()))
          .isGreaterThanOrEqualTo(Lag.UPDATES_THROTTLED.usual())
          .isLessThan(Duration.ofMinutes(6));
      assertThat(lags()).contains(Lag.UPDATES_THROTTLED);
    }
  }

  @Test
  @Row("C093")
  void tellsThatAzureGoesOnThrottlingItselfWithinTheUpdate() throws Exception {
    try (Arena arena = ground.arena()) {
      var provider = new CrowdedProvider(arena, 0);
      arena.sandbox.let(provider::answer);

      Summary summary = arena.deploy(List.of(events::add));

      assertThat(Ground.problems(summary)).singleElement().asString().contains("TooManyRequests");
      assertThat(provider.begun()).hasSize(4);
      assertThat(summary.took()).isLessThan(Duration.ofMinutes(25));
    }
  }

  @Test
  @Row("C094")
  void triesAgainWhenTheProviderOfMachinesHasEnough() throws Exception {
    Summary summary =
        deploy(
            refused(
                "PUT Microsoft.ContainerService/managedClusters",
                "nth: [1, 2]",
                429,
                "TooManyRequests"));

    assertThat(summary.complete()).as("%s", Ground.problems(summary)).isTrue();
  }

  @Test
  @Row("C094")
  void namesTheLimitThatStaysUsedUp() throws Exception {
    Summary summary =
        deploy(
            ((FaultFile.Reading.Rules)
                    FaultFile.read(
                        "faults: [ { operation: PUT Microsoft.ContainerService/managedClusters, answer: { status: 429, code: TooManyRequests, message: 'PutVMScaleSet30Min, allowed 700' } } ]"))
                .all());

    assertThat(Ground.problems(summary)).singleElement().asString().contains("PutVMScaleSet30Min");
  }

  private Summary deploy(List<FaultRule> faults) throws Exception {
    try (Arena arena = ground.arena()) {
      arena.sandbox.load(faults);
      return arena.deploy(List.of(events::add));
    }
  }

  private static List<FaultRule> refused(String operation, String when, int status, String code) {
    FaultFile.Reading read =
        FaultFile.read(
            """
        faults:
          - operation: %s
            %s
            answer: { status: %d, code: %s }
        """
                .formatted(operation, when, status, code));
    assertThat(read).isInstanceOf(FaultFile.Reading.Rules.class);
    return ((FaultFile.Reading.Rules) read).all();
  }

  private List<Lag> lags() {
    return events.stream()
        .filter(Event.Waiting.class::isInstance)
        .map(Event.Waiting.class::cast)
        .map(Event.Waiting::lag)
        .distinct()
        .toList();
  }

  private static boolean isPutOf(Ask ask, String path) {
    return ask.method().equals("PUT") && ask.path().contains(path);
  }

  /// Lets our first update end, and then somebody else's end that switches workload identity off.
  private static void supersede(Arena arena) {
    var first = new AtomicBoolean(true);
    arena.sandbox.let(
        (ask, service) -> {
          Answer answer = service.answer(ask);
          if (isPutOf(ask, "/managedClusters/aks-weu-1") && first.compareAndSet(true, false)) {
            arena.sandbox.clock().advance(LONG_ENOUGH);
            write(
                arena,
                cluster ->
                    cluster
                        .withObject("/properties/securityProfile/workloadIdentity")
                        .put("enabled", false));
          }
          return answer;
        });
  }

  private static void write(Arena arena, Consumer<ObjectNode> change) {
    change(arena, change);
    arena.sandbox.clock().advance(LONG_ENOUGH);
  }

  private static void change(Arena arena, Consumer<ObjectNode> change) {
    ObjectNode cluster = cluster(arena);
    change.accept(cluster);
    Answer answer = arena.sandbox.askArm("PUT", CLUSTER, "2025-05-01", cluster.toString());
    assertThat(answer.status()).as("%s", answer).isLessThan(300);
  }

  private static void tag(Arena arena) {
    change(arena, cluster -> cluster.putObject("tags").put("owner", "somebody"));
  }

  private static ObjectNode cluster(Arena arena) {
    return get(arena, CLUSTER, "2025-05-01");
  }

  private static ObjectNode get(Arena arena, String id, String apiVersion) {
    Answer answer = arena.sandbox.askArm("GET", id, apiVersion, "");
    return (ObjectNode) ((Answer.Body.Json) answer.body()).tree().deepCopy();
  }

  private static List<String> credentials(Arena arena) {
    return get(arena, IDENTITY + "/federatedIdentityCredentials", "2023-01-31")
        .path("value")
        .valueStream()
        .map(each -> each.path("id").asString())
        .toList();
  }
}
