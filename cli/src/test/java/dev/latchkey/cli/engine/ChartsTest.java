// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Step;
import dev.latchkey.sandbox.server.Options;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Charts, releases and namespaces that are not as they must be.
class ChartsTest {
  private static final String CLUSTER = "aks-weu-1";
  private static final String SECRETS = "/api/v1/namespaces/orders/secrets";
  private static final String ACCOUNTS = "/api/v1/namespaces/orders/serviceaccounts";

  @TempDir Path folder;

  @Test
  void failsAtOnceWhenTheImageCannotBePulled() {
    Options noProgram = Options.defaults().withClusters(1).withPrograms(Map.of());
    try (var stage = Stage.with(noProgram, folder)) {
      ClusterResult weu = Stage.result(stage.deploy(), CLUSTER);

      assertThat(Stage.steps(weu)).contains("release changed", "verify failed rollout-stuck");
      assertThat(Stage.told(weu, Step.VERIFICATION))
          .contains("ImagePull")
          .contains("seen: event ")
          .endsWith("next: correct the chart's values and deploy again");
      assertThat(Stage.took(weu, Step.VERIFICATION)).isLessThan(Duration.ofSeconds(50));
    }
  }

  @Test
  void saysThatTheNamespaceOfOthersIsMissing() {
    try (var stage = Stage.of(1, folder)) {
      ClusterResult weu =
          Stage.result(
              stage.deploy(file -> file.replace("{ create: true }", "{ create: false }")), CLUSTER);

      assertThat(Stage.told(weu, Step.HELM_RELEASE))
          .isEqualTo(
              """
              namespace-missing: The namespace `orders` is missing.
              why: The file says `namespace: { create: false }`, so others make it.
              next: kubectl create namespace orders, or set namespace.create: true""");
    }
  }

  @Test
  void takesNoObjectFromAnotherRelease() {
    try (var stage = Stage.of(1, folder)) {
      stage.cluster(
          CLUSTER,
          "POST",
          "/api/v1/namespaces",
          """
          {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"orders"}}""");
      stage.cluster(
          CLUSTER,
          "POST",
          ACCOUNTS,
          """
          {"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"orders",
          "labels":{"app.kubernetes.io/managed-by":"Helm"},
          "annotations":{"meta.helm.sh/release-name":"other","meta.helm.sh/release-namespace":"orders"}}}""");

      ClusterResult weu = Stage.result(stage.deploy(), CLUSTER);

      assertThat(Stage.steps(weu)).contains("release failed object-not-owned");
      assertThat(Stage.told(weu, Step.HELM_RELEASE)).contains("current value is \"other\"");

      stage.cluster(CLUSTER, "DELETE", ACCOUNTS + "/orders", "");

      assertThat(stage.deploy().complete()).isTrue();
    }
  }

  @Test
  void endsAReleaseThatARunOfOursLeftPending() throws IOException {
    try (var stage = Stage.of(1, folder)) {
      stage.deploy();
      leavePending(stage, Duration.ofMinutes(5), "219a79f2-none", "219a79f2-none");

      Summary summary = stage.deploy();

      assertThat(summary.complete())
          .as(
              "%s",
              Stage.result(summary, CLUSTER).problems().values().stream().map(Stage::told).toList())
          .isTrue();
      assertThat(Stage.result(summary, CLUSTER).findings())
          .containsExactly(
              "the release was left pending-upgrade by a run that was cut off; that revision was"
                  + " ended");
      assertThat(Stage.took(Stage.result(summary, CLUSTER), Step.HELM_RELEASE))
          .as("what is older than any operation lasts is not waited for")
          .isLessThan(Duration.ofSeconds(50));
      assertThat(stage.deploy().changes()).isZero();
    }
  }

  @Test
  void explainsAReleaseThatSomebodyElseLeftPending() throws IOException {
    try (var stage = Stage.of(1, folder)) {
      stage.deploy();
      String client =
          stage
              .arm("GET", Stage.identityId(CLUSTER), "2023-01-31", "")
              .at("/properties/clientId")
              .asString();
      leavePending(stage, Duration.ofMinutes(5), client, "somebody-else");

      ClusterResult weu = Stage.result(stage.deploy(), CLUSTER);

      assertThat(Stage.told(weu, Step.HELM_RELEASE))
          .isEqualTo(
              """
              release-busy: The Helm release `orders` is held by an operation that has not ended.
              seen: status  pending-upgrade, revision 2
              why: Helm allows one operation at a time; this one is not latchkey's.
              next: helm rollback orders --namespace orders when nobody works on it""");
    }
  }

  /// Writes what a Helm that was killed in an upgrade leaves: a second revision that is pending.
  private static void leavePending(Stage stage, Duration ago, String cut, String instead)
      throws IOException {
    String name = "sh.helm.release.v1.orders.v";
    ObjectNode secret = (ObjectNode) stage.cluster(CLUSTER, "GET", SECRETS + "/" + name + 1, "");
    String release =
        opened(secret.at("/data/release").asString())
            .replace("\"status\":\"deployed\"", "\"status\":\"pending-upgrade\"")
            .replace("\"version\":1,", "\"version\":2,")
            .replaceAll("(\"last_deployed\":\")[^\"]+", "$1" + Instant.now().minus(ago))
            .replace(cut, instead);
    secret.set("metadata", secret.path("metadata").deepCopy());
    ObjectNode metadata = (ObjectNode) secret.path("metadata");
    metadata.put("name", name + 2);
    metadata.remove("uid");
    metadata.remove("resourceVersion");
    metadata.withObject("labels").put("status", "pending-upgrade").put("version", "2");
    secret.withObject("data").put("release", closed(release));
    stage.cluster(CLUSTER, "POST", SECRETS, secret.toString());
  }

  /// The data of a Secret is base64, and so is what Helm writes into it.
  private static String opened(String data) throws IOException {
    byte[] zipped = Base64.getDecoder().decode(Base64.getDecoder().decode(data));
    try (var stream = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String closed(String release) throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var stream = new GZIPOutputStream(zipped)) {
      stream.write(release.getBytes(StandardCharsets.UTF_8));
    }
    return Base64.getEncoder().encodeToString(Base64.getEncoder().encode(zipped.toByteArray()));
  }
}
