// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two deploys in one `sandbox start` with real pods, and what other clients then see of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondDeployIT {
  private static final List<String> CLUSTERS = List.of("aks-weu-1", "aks-neu-1", "aks-sea-1");

  @TempDir static Path root;

  private Path log = Path.of("");
  private @Nullable Running sandbox;
  private Ended first = new Ended(-1, "", "");
  private Ended second = new Ended(-1, "", "");
  private List<Request> before = List.of();
  private List<Request> during = List.of();

  @BeforeAll
  void deployTwice() throws Exception {
    log = root.resolve("requests.jsonl");
    var console = new Console(root, Map.of());
    Running running =
        console.start("sandbox", "start", "--dir", "sandbox", "--request-log", log.toString());
    sandbox = running;
    running.say("Stop it with Ctrl-C.");
    first = deploy(console);
    before = Request.of(log);
    second = deploy(console);
    List<Request> all = Request.of(log);
    during = all.subList(before.size(), all.size());
  }

  @AfterAll
  void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  /// As a user does: with the variables of `sandbox.env` in a shell.
  private static Ended deploy(Console console) throws Exception {
    return console.run(
        "sh",
        "-c",
        ". sandbox/sandbox.env && exec \"$0\" deploy -f sandbox/latchkey.yaml --output json",
        Console.DISTRIBUTION.resolve("bin/latchkey").toString());
  }

  @Test
  void theFirstMakesEverythingOnEveryCluster() {
    assertThat(first.code()).as(first.all()).isZero();
    assertThat(summary(first))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"clusters": 3, "succeeded": 3, "changed": 3, "unchanged": 0, "skipped": 0,
                     "failed": 0, "rolledBack": 0, "notStarted": 0, "changes": 21}
                    """));
  }

  @Test
  void theSecondChangesNothing() {
    assertThat(second.code()).as(second.all()).isZero();
    assertThat(summary(second))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"clusters": 3, "succeeded": 3, "changed": 0, "unchanged": 3, "skipped": 0,
                     "failed": 0, "rolledBack": 0, "notStarted": 0, "changes": 0}
                    """));
  }

  @Test
  void theFirstProvesAccessAndItsLimits() {
    assertThat(verdicts(first))
        .containsExactlyInAnyOrderElementsOf(
            CLUSTERS.stream()
                .flatMap(
                    cluster ->
                        Stream.of(
                                "pod",
                                "account",
                                "token",
                                "credential",
                                "exchange",
                                "secret",
                                "secret",
                                "undeclared",
                                "foreign")
                            .map(hop -> cluster + " " + hop + " proven"))
                .toList());
  }

  @Test
  void theSecondProvesAccessAgain() {
    assertThat(verdicts(second))
        .filteredOn(each -> each.endsWith(" secret proven"))
        .hasSize(2 * CLUSTERS.size());
  }

  @Test
  void theSecondOnlyReads() {
    assertThat(during).hasSizeGreaterThan(20).filteredOn(request -> !request.isReading()).isEmpty();
  }

  @Test
  void kubectlSeesThePodReady() throws Exception {
    assertThat(kubectl("get", "pods", "--no-headers"))
        .matches("orders-\\S+ +1/1 +Running +0 +\\S+\n");
  }

  @Test
  void kubectlSeesWhichIdentityTheServiceAccountStandsFor() throws Exception {
    String annotations =
        kubectl("get", "serviceaccount", "orders", "-o", "jsonpath={.metadata.annotations}");

    assertThat(annotations(annotations))
        .containsEntry("azure.workload.identity/client-id", "GUID")
        .containsEntry("azure.workload.identity/tenant-id", "GUID");
  }

  @Test
  void kubectlSeesTheEnvironmentThatTheWebhookInjects() throws Exception {
    String names =
        kubectl("get", "pods", "-o", "jsonpath={.items[0].spec.containers[0].env[*].name}");

    assertThat(names.split(" "))
        .contains(
            "AZURE_AUTHORITY_HOST",
            "AZURE_CLIENT_ID",
            "AZURE_TENANT_ID",
            "AZURE_FEDERATED_TOKEN_FILE");
  }

  @Test
  void kubectlSeesTheEventsFromSchedulingToStart() throws Exception {
    assertThat(kubectl("get", "events", "-o", "jsonpath={.items[*].reason}").split(" "))
        .contains("ScalingReplicaSet", "SuccessfulCreate", "Scheduled", "Pulled", "Started");
  }

  @Test
  void kubectlDescribesThePod() throws Exception {
    assertThat(kubectl("describe", "pods"))
        .containsPattern("Service Account: +orders\n")
        .containsPattern("azure.workload.identity/use=true\n")
        .containsPattern("Ready +True")
        .containsPattern(
            "Normal +Scheduled +\\S+ +default-scheduler +Successfully assigned orders/");
  }

  @Test
  void kubectlReadsWhatTheAppSaysOfItsSecrets() throws Exception {
    assertThat(kubectl("logs", "deployment/orders"))
        .contains("secret db-password: read\n", "secret payment-api-key: read\n")
        .endsWith("ready\n");
  }

  private String kubectl(String... words) throws IOException, InterruptedException {
    assumeKubectl();
    String kubeconfig = root.resolve("sandbox/aks-weu-1.kubeconfig").toString();
    Stream<String> command = Stream.of("kubectl", "--kubeconfig", kubeconfig, "-n", "orders");
    Ended ended =
        new Console(root, Map.of("HOME", root.toString()))
            .run(Stream.concat(command, Stream.of(words)).toArray(String[]::new));
    assertThat(ended.code()).as(ended.all()).isZero();
    return ended.out();
  }

  private static Map<String, String> annotations(String json) {
    return JsonMapper.shared()
        .readTree(Masked.text(json))
        .propertyStream()
        .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().asString()));
  }

  private static void assumeKubectl() {
    boolean found =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    if ("true".equals(System.getenv("CI"))) {
      assertThat(found).as("kubectl is on the PATH").isTrue();
    }
    assumeThat(found).as("kubectl is not on the PATH").isTrue();
  }

  private static JsonNode summary(Ended ended) {
    return JsonMapper.shared().readTree(ended.out()).path("summary");
  }

  private static List<String> verdicts(Ended ended) {
    return JsonMapper.shared()
        .readTree(ended.out())
        .path("clusters")
        .valueStream()
        .flatMap(
            cluster ->
                cluster
                    .path("proofs")
                    .valueStream()
                    .map(
                        proof ->
                            "%s %s %s"
                                .formatted(
                                    cluster.path("name").asString(),
                                    proof.path("hop").asString(),
                                    proof.path("verdict").asString())))
        .toList();
  }
}
