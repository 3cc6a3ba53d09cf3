// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.state.SavedWorld;
import dev.latchkey.sandbox.state.StateFile;
import dev.latchkey.sandbox.state.StateFile.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One world is saved with a workload in it; each test begins where that one ended.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SavedWorldTest {
  private static final String ORDERS = "/apis/apps/v1/namespaces/orders/deployments/orders";
  private static final String WEBHOOK =
      "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/azure-wi-webhook-mutating-webhook-configuration";

  /// What another turn of a controller or another certificate authority may change.
  private static final Set<String> TIMES =
      Set.of(
          "resourceVersion",
          "ca.crt",
          "lastTransitionTime",
          "lastUpdateTime",
          "lastHeartbeatTime",
          "managedFields");

  @TempDir Path folder;
  private SavedWorld saved = saved(Options.defaults());
  private String assertion = "";
  private JsonNode owners = JsonMapper.shared().missingNode();

  private static SavedWorld saved(Options options) {
    try (var sandbox = Sandbox.start(options)) {
      return sandbox.saved();
    }
  }

  @BeforeAll
  void save() {
    try (var before = Rehearsal.start(Options.defaults()).deployed()) {
      Rehearsal.eventually(() -> ready(before) == 1);
      before.arm(
          "PUT",
          DefaultFleet.vaultId() + "/secrets/added",
          "2023-07-01",
          "{'properties':{'value':'a value of the user'}}");
      before.sandbox.clock().advance(Duration.ofDays(3));
      assertion = before.assertion();
      owners = before.pods().getFirst().at("/metadata/ownerReferences");
      saved = before.sandbox.saved();
    }
  }

  private Rehearsal loaded(Options options) {
    var rehearsal = Rehearsal.start(options.withSaved(saved));
    Rehearsal.eventually(() -> rehearsal.pods().stream().anyMatch(SavedWorldTest::isReady));
    return rehearsal;
  }

  private static boolean isReady(JsonNode pod) {
    return pod.at("/status/conditions")
        .valueStream()
        .filter(each -> each.path("type").asString().equals("Ready"))
        .anyMatch(each -> each.path("status").asString().equals("True"));
  }

  private static int ready(Rehearsal rehearsal) {
    return rehearsal.inCluster("GET", ORDERS, "").at("/status/readyReplicas").asInt(0);
  }

  @Test
  void aWorkloadReadsItsSecretAndNoOther() {
    try (var after = loaded(Options.defaults())) {
      assertThat(after.walk()).isEqualTo("secret read");
      assertThat(after.walkFurther()).isEqualTo("ForbiddenByRbac");
    }
  }

  @Test
  void tokensStayGoodAtTheSamePort() {
    try (var after = loaded(Options.defaults())) {
      assertThat(after.sandbox.url()).endsWith(":" + saved.port());
      assertThat(after.exchanged(assertion)).isEqualTo(200);
    }
  }

  @Test
  void allAddressesMoveToAnotherPort() {
    try (var taken = Sandbox.start(Options.defaults().withPort(saved.port()));
        var after = loaded(Options.defaults())) {
      assertThat(taken.url()).endsWith(":" + saved.port());
      assertThat(after.issuer()).startsWith(after.sandbox.url());
      assertThat(after.walk()).isEqualTo("secret read");
      assertThat(after.sandbox.saved().tree().toString())
          .doesNotContain("localhost:" + saved.port());
    }
  }

  @Test
  void podsComeUpUnderTheReplicaSetThatWasThere() {
    try (var after = loaded(Options.defaults())) {
      assertThat(after.pods()).hasSize(1);
      assertThat(after.pods().getFirst().at("/metadata/ownerReferences")).isEqualTo(owners);
    }
  }

  @Test
  void theClockGoesOnWhereItWas() {
    try (var after = loaded(Options.defaults())) {
      assertThat(after.sandbox.clock().ahead()).isEqualTo(Duration.ofDays(3));
    }
  }

  @Test
  void whatIsSavedAgainIsTheSame() {
    try (var after = loaded(Options.defaults())) {
      SavedWorld again = after.sandbox.saved();

      assertThat(again.azure()).isEqualTo(saved.azure());
      assertThat(again.directory()).isEqualTo(saved.directory());
      assertThat(again.secrets()).isEqualTo(saved.secrets());
      assertThat(again.keys()).isEqualTo(saved.keys());
      Rehearsal.eventually(
          () -> clusters(after.sandbox.saved()).equals(clusters(saved)),
          () -> clusters(after.sandbox.saved()));
    }
  }

  private static String clusters(SavedWorld world) {
    JsonNode tree = world.tree().path("kubernetes");
    forgetTimes(tree);
    return tree.toPrettyString();
  }

  private static void forgetTimes(JsonNode tree) {
    if (tree instanceof ObjectNode object) {
      object.remove(TIMES);
    }
    if (tree.path("conditions") instanceof ArrayNode conditions) {
      List<JsonNode> sorted =
          conditions
              .valueStream()
              .sorted(Comparator.comparing(each -> each.path("type").asString()))
              .toList();
      conditions.removeAll().addAll(sorted);
    }
    tree.forEach(SavedWorldTest::forgetTimes);
  }

  @Test
  void newVersionsOfASecretDoNotReplaceOldOnes() {
    try (var after = loaded(Options.defaults())) {
      after.arm(
          "PUT",
          DefaultFleet.vaultId() + "/secrets/added",
          "2023-07-01",
          "{'properties':{'value':'another'}}");

      assertThat(after.sandbox.secretsIssued()).contains("a value of the user", "another");
      assertThat(after.sandbox.saved().secrets())
          .filteredOn(secret -> secret.name().equals("added"))
          .allSatisfy(secret -> assertThat(secret.versions()).hasSize(2));
    }
  }

  @Test
  void aWebhookThatWasTakenAwayStaysAway() {
    SavedWorld without;
    try (var before = loaded(Options.defaults())) {
      before.inCluster("DELETE", WEBHOOK, "");
      without = before.sandbox.saved();
    }

    try (var after = Rehearsal.start(Options.defaults().withSaved(without))) {
      Rehearsal.eventually(() -> !after.pods().isEmpty());
      assertThat(after.walk()).isEqualTo("no variables");
    }
  }

  @Test
  void whatHadNotSettledStillTakesItsTime() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    var slow = Options.defaults().withProfile(Options.Profile.AZURE).withTime(() -> start);
    SavedWorld busy;
    try (var before = Rehearsal.start(slow)) {
      before.enableWorkloadIdentity();
      busy = before.sandbox.saved();
    }

    try (var after = Rehearsal.start(slow.withSaved(busy))) {
      assertThat(state(after)).isEqualTo("Updating");
      after.sandbox.clock().advance(Duration.ofHours(1));
      assertThat(state(after)).isEqualTo("Succeeded");
    }
  }

  private static String state(Rehearsal rehearsal) {
    return rehearsal
        .arm("GET", Rehearsal.CLUSTER_ID, "2025-03-01", "")
        .at("/properties/provisioningState")
        .asString();
  }

  @Test
  void theFileIsItsOwnersAndReadsBack() throws IOException {
    Path home = folder.resolve("new");
    Path file = home.resolve("world.json");
    StateFile.write(file, saved(Options.defaults().withClusters(1)).tree());

    StateFile.write(file, saved.tree());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(home.toFile().list()).containsExactly("world.json");
    assertThat(StateFile.read(file))
        .isInstanceOfSatisfying(
            Reading.Found.class,
            found -> assertThat(found.world().tree()).hasToString(saved.tree().toString()));
  }

  @AfterAll
  void showsNothingByAccident() {
    assertThat(Optional.of(saved).toString()).doesNotContain("a value of the user");
    assertThat(saved.keys().toString()).isEqualTo("Saved[hidden]");
  }
}
