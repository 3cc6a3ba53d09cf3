// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Row;
import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.sandbox.fault.FaultFile;
import dev.latchkey.sandbox.message.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Situations in clusters, and on the way to them, in which deployments of others failed.
class RealFailuresInClustersTest {
  private static final Path ORIGINAL =
      Path.of(System.getProperty("latchkey.root")).resolve("charts/workload");
  private static final String CLUSTER = "aks-weu-1";
  private static final String AKS = "2025-10-01";
  private static final String WEU = Stage.clusterId(CLUSTER);
  private static final String NAMESPACE = "/api/v1/namespaces/orders";

  @TempDir Path folder;

  @Test
  @Row("C075")
  void tellsThatTheWebhookDoesNotAnswerInsteadOfTheTimeThatWasWaited() {
    try (var stage = Stage.of(1, folder)) {
      stage.deploy();
      stage.cluster(
          CLUSTER,
          "DELETE",
          "/api/v1/namespaces/kube-system/services/azure-wi-webhook-webhook-service",
          "");

      ClusterResult weu =
          Stage.result(
              stage.deploy(file -> file.replace("replicaCount: 1", "replicaCount: 2")), CLUSTER);

      assertThat(Stage.told(weu, Step.VERIFICATION))
          .startsWith("rollout-stuck: `ReplicaSet/orders-")
          .contains("failed calling webhook \"mutation.azure-workload-identity.io\"");
    }
  }

  @Test
  @Row("C078")
  void missesTheServiceAccountThatTheChartMakesUnderAnotherNameBeforeItDeploys()
      throws IOException {
    Path chart = chart();
    rewrite(
        chart,
        "serviceaccount.yaml",
        "name: {{ include \"workload.serviceAccountName\" . }}",
        "name: my-{{ include \"workload.serviceAccountName\" . }}");
    try (var stage = Stage.of(1, folder)) {
      ClusterResult weu =
          Stage.result(
              stage.deploy(file -> file.replace(ORIGINAL.toString(), chart.toString())), CLUSTER);

      assertThat(Stage.steps(weu))
          .contains("release failed chart-lacks-identity", "verify notStarted");
      assertThat(Stage.told(weu, Step.HELM_RELEASE))
          .contains("object  ServiceAccount/orders", "Nothing was deployed.");
    }
  }

  @Test
  @Row("C102")
  void namesTheLabelOfTheSelectorThatChangesBeforeAnythingIsWritten() throws IOException {
    Path chart = chartWithItsVersionInTheSelector();
    UnaryOperator<String> with = file -> file.replace(ORIGINAL.toString(), chart.toString());
    try (var stage = Stage.of(1, folder)) {
      assertThat(stage.deploy(with).complete()).isTrue();
      rewrite(chart, "../Chart.yaml", "version: 0.1.0", "version: 0.2.0");
      long writes = stage.writes();

      StepPlan release =
          stage.plan(with).plan().clusters().getFirst().step(Step.HELM_RELEASE).orElseThrow();
      ClusterResult weu = Stage.result(stage.deploy(with), CLUSTER);

      assertThat(Stage.told(weu, Step.HELM_RELEASE))
          .isEqualTo(Stage.told(release.obstacle().orElseThrow()))
          .startsWith("release-field-immutable: ")
          .contains(
              """
              seen: field    Deployment/orders spec.selector.matchLabels.version
              seen: cluster  0.1.0
              seen: chart    0.2.0
              """,
              "kubectl delete deployment orders --namespace orders, then deploy again");
      assertThat(stage.writes()).isEqualTo(writes);
      stage.cluster(CLUSTER, "DELETE", "/apis/apps/v1/namespaces/orders/deployments/orders", "");
      assertThat(stage.deploy(with).complete()).isTrue();
    }
  }

  private Path chartWithItsVersionInTheSelector() throws IOException {
    Path chart = chart();
    rewrite(
        chart,
        "_helpers.tpl",
        "app.kubernetes.io/instance:",
        "version: {{ .Chart.Version }}\napp.kubernetes.io/instance:");
    return chart;
  }

  @Test
  @Row("C104")
  void leavesAServiceAccountThatOthersAppliedAndTellsHowToHandItOver() {
    try (var stage = Stage.of(1, folder)) {
      stage.cluster(
          CLUSTER,
          "POST",
          "/api/v1/namespaces",
          "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"orders\"}}");
      stage.cluster(
          CLUSTER,
          "POST",
          NAMESPACE + "/serviceaccounts",
          "{\"apiVersion\":\"v1\",\"kind\":\"ServiceAccount\",\"metadata\":{\"name\":\"orders\",\"annotations\":{\"azure.workload.identity/client-id\":\"of-old\"}}}");

      ClusterResult weu = Stage.result(stage.deploy(), CLUSTER);

      assertThat(Stage.told(weu, Step.HELM_RELEASE))
          .startsWith("object-not-owned: ")
          .contains(
              "ServiceAccount \"orders\"",
              "let the chart use it",
              "kubectl label serviceaccount orders app.kubernetes.io/managed-by=Helm",
              "kubectl annotate serviceaccount orders meta.helm.sh/release-name=orders");
      assertThat(
              stage.cluster(CLUSTER, "GET", NAMESPACE + "/serviceaccounts/orders", "").toString())
          .contains("of-old");
    }
  }

  @Test
  @Row("C106")
  void tellsWhichSecretOfTheClusterIsMissingInsteadOfTheTimeThatWasWaited() {
    try (var stage = Stage.of(1, folder)) {
      ClusterResult weu =
          Stage.result(
              stage.deploy(
                  file ->
                      file.replace(
                          "replicaCount: 1",
                          "replicaCount: 1, env: [ { name: KEY, valueFrom: { secretKeyRef: { name: not-there, key: k } } } ]")),
              CLUSTER);

      assertThat(Stage.told(weu, Step.VERIFICATION))
          .startsWith("rollout-stuck: ")
          .contains("message  secret \"not-there\" not found");
    }
  }

  @Test
  @Row("C122")
  void saysThatAPrivateClusterIsNotReachedFromHereBeforeAnythingIsWrittenForIt() {
    try (var stage = Stage.of(2, folder)) {
      stage.sandbox.let(
          (ask, service) -> {
            Answer answer = service.answer(ask);
            return ask.path().contains("/" + CLUSTER + "/listClusterUserCredential")
                ? elsewhere(answer)
                : answer;
          });

      assertThat(assertOnlyWeuIsLeftAsItIs(stage, "private-cluster-unreachable"))
          .contains(
              "`aks-weu-1` is a private cluster",
              "network  no such host: weu-1.privatelink.westeurope.azmk8s.invalid",
              "next: use a machine (a self-hosted agent) in the cluster's network",
              "private DNS zone");
    }
  }

  @Test
  @Row("C124")
  void saysThatTheApiServerAdmitsOtherAddressesBeforeAnythingIsWrittenForIt() {
    try (var stage = Stage.of(2, folder)) {
      ObjectNode cluster = (ObjectNode) stage.arm("GET", WEU, AKS, "");
      cluster
          .withObject("properties")
          .withObject("apiServerAccessProfile")
          .putArray("authorizedIPRanges")
          .add("203.0.113.0/24");
      stage.arm("PUT", WEU, AKS, cluster.toString());
      stage.sandbox.load(
          ((FaultFile.Reading.Rules)
                  FaultFile.read(
                      """
          faults:
            - operation: "* *"
              service: kubernetes
              cluster: aks-weu-1
              reset: before
          """))
              .all());

      assertThat(assertOnlyWeuIsLeftAsItIs(stage, "unreachable"))
          .contains(
              "The API server of `aks-weu-1` does not answer",
              "admits   203.0.113.0/24",
              "network  ",
              "az aks update --api-server-authorized-ip-ranges");
    }
  }

  /// Plans and deploys; the problem that the one cluster ends with.
  private static String assertOnlyWeuIsLeftAsItIs(Stage stage, String code) {
    ClusterPlan planned =
        stage.plan(RealFailuresInClustersTest::impatient).plan().clusters().getFirst();
    assertThat(planned.changes()).isEmpty();
    assertThat(planned.step(Step.HELM_RELEASE).orElseThrow().obstacle())
        .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo(code));

    Summary summary = stage.deploy(RealFailuresInClustersTest::impatient);

    ClusterResult weu = Stage.result(summary, CLUSTER);
    assertThat(Stage.steps(weu))
        .containsExactly(
            "workload identity notStarted",
            "identity notStarted",
            "credential notStarted",
            "access notStarted",
            "release failed " + code,
            "verify notStarted");
    assertThat(stage.requests("PUT", "/id-orders-aks-weu-1", 201)).isZero();
    assertThat(Stage.steps(Stage.result(summary, "aks-neu-1"))).contains("verify unchanged");
    return Stage.told(weu, Step.HELM_RELEASE);
  }

  @Test
  @Row("C126")
  void namesThePrincipalThatTheClusterRefuses() {
    try (var stage = Stage.of(1, folder)) {
      stage.take("b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b", CLUSTER);

      ClusterResult weu = Stage.result(stage.deploy(), CLUSTER);

      assertThat(Stage.told(weu, Step.HELM_RELEASE))
          .startsWith(
              "cluster-permission-missing: `" + Stage.PIPELINE + "` may not list `secrets`");
    }
  }

  /// The kubeconfig that AKS hands out for an Entra cluster calls kubelogin; nobody has it here.
  @Test
  @Row({"C128", "C129", "C131", "C133"})
  void needsNeitherTheAdminCredentialNorKubelogin() {
    try (var stage = Stage.of(1, folder)) {
      ObjectNode cluster = (ObjectNode) stage.arm("GET", WEU, AKS, "");
      cluster.withObject("properties").put("disableLocalAccounts", true);
      stage.arm("PUT", WEU, AKS, cluster.toString());
      List<String> asked = Collections.synchronizedList(new ArrayList<>());
      List<String> kubeconfigs = Collections.synchronizedList(new ArrayList<>());
      stage.sandbox.let(
          (ask, service) -> {
            Answer answer = service.answer(ask);
            if (ask.path().toLowerCase(Locale.ROOT).contains("credential")
                && ask.method().equals("POST")) {
              asked.add(ask.path().substring(ask.path().lastIndexOf('/') + 1));
              kubeconfigs.add(kubeconfig(answer));
            }
            return answer;
          });

      Summary summary = stage.deploy();

      assertThat(summary.complete()).isTrue();
      assertThat(asked).isNotEmpty().containsOnly("listClusterUserCredential");
      assertThat(kubeconfigs)
          .allSatisfy(
              text ->
                  assertThat(text)
                      .contains("command: kubelogin")
                      .doesNotContain("client-certificate-data"));
    }
  }

  /// Waits no longer for API servers than one look takes.
  private static String impatient(String file) {
    assertThat(file).contains("api-server-restarting:");
    return file.replaceFirst(
        "api-server-restarting: \\{[^}]*}", "api-server-restarting: { usual: 1s, bound: 1s }");
  }

  private static String kubeconfig(Answer answer) {
    String coded = ((Answer.Body.Json) answer.body()).tree().at("/kubeconfigs/0/value").asString();
    return new String(Base64.getDecoder().decode(coded), StandardCharsets.UTF_8);
  }

  /// The same kubeconfig for a host that only a private zone knows.
  private static Answer elsewhere(Answer answer) {
    JsonNode tree = ((Answer.Body.Json) answer.body()).tree().deepCopy();
    String text =
        kubeconfig(answer)
            .replaceAll(
                "server: \\S+", "server: https://weu-1.privatelink.westeurope.azmk8s.invalid:443");
    ((ObjectNode) tree.at("/kubeconfigs/0"))
        .put("value", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    return Answer.json(200, tree);
  }

  private Path chart() throws IOException {
    Path chart = Files.createDirectory(folder.resolve("chart"));
    try (Stream<Path> files = Files.walk(ORIGINAL)) {
      for (Path file : files.skip(1).toList()) {
        Files.copy(file, chart.resolve(ORIGINAL.relativize(file).toString()));
      }
    }
    return chart;
  }

  private static void rewrite(Path chart, String template, String from, String to)
      throws IOException {
    Path file = chart.resolve("templates").resolve(template);
    assertThat(Files.readString(file)).contains(from);
    Files.writeString(file, Files.readString(file).replace(from, to));
  }
}
