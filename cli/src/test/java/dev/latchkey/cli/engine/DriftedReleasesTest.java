// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ManifestDiff.ObjectDiff;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A release whose objects others edit in the cluster.
class DriftedReleasesTest {
  private static final Path ORIGINAL =
      Path.of(System.getProperty("latchkey.root")).resolve("charts/workload");
  private static final String CLUSTER = "aks-weu-1";
  private static final String CORE = "/api/v1/namespaces/orders/";
  private static final String APPS = "/apis/apps/v1/namespaces/orders/";
  private static final String BATCH = "/apis/batch/v1/namespaces/orders/";
  private static final String NETWORKING = "/apis/networking.k8s.io/v1/namespaces/orders/";
  private static final String SCALING = "/apis/autoscaling/v2/namespaces/orders/";
  private static final String CONTAINER = "/spec/template/spec/containers/0";

  private static final String CLUSTER_ADMIN = "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b";
  private static final String CLUSTER_WRITER = "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb";
  private static final String SCALES_ORDERS =
      """
      {"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"orders"},
      "spec":{"maxReplicas":9,"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"orders"}}}""";

  private static final String DEFINITION =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/queues.example.com";

  @TempDir Path folder;
  private Path chart;
  private Stage stage;

  @BeforeEach
  void deployManyKinds() throws IOException {
    chart = Files.createDirectory(folder.resolve("chart"));
    try (Stream<Path> files = Files.walk(ORIGINAL)) {
      for (Path file : files.skip(1).toList()) {
        Files.copy(file, chart.resolve(ORIGINAL.relativize(file).toString()));
      }
    }
    try (var many = getClass().getResourceAsStream("many-kinds.yaml")) {
      Files.copy(Objects.requireNonNull(many), chart.resolve("templates/many.yaml"));
    }
    stage = Stage.of(1, folder);
    assertThat(Stage.result(stage.deploy(this::withChart), CLUSTER).problems()).isEmpty();
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void findsNothingInAReleaseThatNobodyTouched() {
    StepPlan plan = plan();

    assertThat(plan.changesSomething()).as("%s", plan).isFalse();
    assertThat(plan.findings()).isEmpty();
    assertThat(stage.deploy(this::withChart).changes()).isZero();
  }

  @Test
  void namesEachEditWithItsFieldAndSetsItBack() {
    edit(APPS + "deployments/orders", "/spec", spec -> spec.put("replicas", 5));
    stage.cluster(CLUSTER, "DELETE", CORE + "services/queue", "");
    edit(APPS + "deployments/worker", CONTAINER, DriftedReleasesTest::editContainer);
    edit(APPS + "statefulsets/queue", CONTAINER, queue -> queue.put("image", "queue:2"));
    edit(BATCH + "cronjobs/report", "/spec", spec -> spec.put("suspend", true));
    edit(NETWORKING + "ingresses/orders", "/metadata/annotations", ObjectNode::removeAll);
    edit(
        CORE + "configmaps/settings",
        "/data",
        data -> data.put("limit", "1").put("app.conf", "threads = 4\ncolour = red\n"));
    edit(CORE + "secrets/keys", "/data", data -> data.put("api", "aHVudGVyMw=="));
    edit(SCALING + "horizontalpodautoscalers/worker", "/spec", spec -> spec.put("maxReplicas", 20));
    edit(
        "/apis/rbac.authorization.k8s.io/v1/clusterroles/orders-reader",
        "/rules/0",
        rule -> rule.withArray("/verbs").add("delete"));
    edit(DEFINITION, "/spec/names", names -> names.put("singular", "line"));

    StepPlan plan = plan();

    assertThat(plan.findings()).isEmpty();
    assertThat(String.join("\n", objects(plan)))
        .isEqualTo(
            """
            update Secret/keys
            -data.api: (hidden)
            +data.api: (hidden)
            update ConfigMap/settings
            -data.app.conf, line 2: colour = red
            +data.app.conf, line 2: colour = blue
            -data.limit: 1
            +data.limit: 1000m
            update CustomResourceDefinition/queues.example.com
            -spec.names.singular: line
            +spec.names.singular: queue
            update ClusterRole/orders-reader
            -rules[0].verbs: ["get","delete"]
            +rules[0].verbs: ["get"]
            create Service/queue
            update Deployment/orders
            -spec.replicas: 5
            +spec.replicas: 1
            update Deployment/worker
            -spec.template.spec.containers[worker].args: ["--threads"]
            +spec.template.spec.containers[worker].args: ["--threads","4"]
            +spec.template.spec.containers[worker].env[EMPTY]: {"name":"EMPTY","value":""}
            -spec.template.spec.containers[worker].env[LOG_LEVEL].value: debug
            +spec.template.spec.containers[worker].env[LOG_LEVEL].value: info
            -spec.template.spec.containers[worker].env[DB_PASSWORD].value: (hidden)
            +spec.template.spec.containers[worker].env[DB_PASSWORD].value: (hidden)
            +spec.template.spec.containers[worker].readinessProbe: {"httpGet":{"path":"/","port":"8080"},"timeoutSeconds":0}
            update HorizontalPodAutoscaler/worker
            -spec.maxReplicas: 20
            +spec.maxReplicas: 9
            update StatefulSet/queue
            -spec.template.spec.containers[queue].image: queue:2
            +spec.template.spec.containers[queue].image: latchkey-sample-app:0.1.0
            update CronJob/report
            -spec.suspend: true
            +spec.suspend: false
            update Ingress/orders
            +metadata.annotations: {"example.com/limit":"100"}""");
    assertThat(stage.deploy(this::withChart).changes()).isEqualTo(1);
    assertThat(objects(plan())).isEmpty();
    assertThat(get(APPS + "deployments/orders").at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(get(CORE + "services/queue").at("/spec/ports/0/port").asInt()).isEqualTo(53);
    assertThat(stage.deploy(this::withChart).changes()).isZero();
  }

  @Test
  void leavesAloneWhatAutoscalersAndInjectorsDo() {
    edit(APPS + "deployments/worker", "/spec", spec -> spec.put("replicas", 7));
    edit(APPS + "deployments/orders", "/spec", spec -> spec.put("replicas", 4));
    stage.cluster(CLUSTER, "POST", SCALING + "horizontalpodautoscalers", SCALES_ORDERS);
    edit(
        APPS + "deployments/orders",
        "/spec/template/spec",
        pod -> pod.withArray("/containers").addObject().put("name", "proxy").put("image", "p:1"));
    edit(
        CORE + "persistentvolumeclaims/cache",
        "/spec/resources/requests",
        wish -> wish.put("storage", "20Gi"));
    stage.cluster(CLUSTER, "DELETE", BATCH + "jobs/prepare", "");

    StepPlan plan = plan();

    assertThat(objects(plan)).isEmpty();
    assertThat(plan.findings()).isEmpty();
  }

  @Test
  void saysOnceWhatItMayNotReadAndComparesTheRest() {
    stage.take(CLUSTER_ADMIN, CLUSTER);
    stage.give(CLUSTER_WRITER, Stage.PIPELINE, Stage.clusterId(CLUSTER), 1);
    edit(APPS + "deployments/orders", "/spec", spec -> spec.put("replicas", 5));

    StepPlan plan = plan();

    assertThat(objects(plan))
        .containsExactly("update Deployment/orders", "-spec.replicas: 5", "+spec.replicas: 1");
    assertThat(plan.findings())
        .containsExactly(
            "not compared with the release: ClusterRole, CustomResourceDefinition, Role,"
                + " RoleBinding: may not be read (403)");
  }

  @Test
  void setsTheSameEditBackAgain() {
    for (int time = 1; time <= 2; time++) {
      stage.sandbox.clock().advance(Duration.ofMinutes(5));
      edit(APPS + "deployments/orders", "/spec", spec -> spec.put("replicas", 5));

      assertThat(stage.deploy(this::withChart).changes()).as("time %d", time).isEqualTo(1);
    }
  }

  private static void editContainer(ObjectNode worker) {
    ArrayNode env = worker.withArray("/env");
    worker.remove("readinessProbe");
    worker.withArray("/args").remove(1);
    env.remove(0);
    ((ObjectNode) env.get(0)).put("value", "debug");
    ((ObjectNode) env.get(1)).put("value", "hunter3");
    env.addObject().put("name", "ADDED").put("value", "by a sidecar injector");
  }

  /// Changes one part of a live object as somebody with `kubectl replace` would, whatever its
  /// controllers have written meanwhile.
  private void edit(String path, String part, Consumer<ObjectNode> change) {
    JsonNode tree = get(path);
    change.accept((ObjectNode) tree.at(part));
    ((ObjectNode) tree.path("metadata")).remove("resourceVersion");
    stage.cluster(CLUSTER, "PUT", path, tree.toString());
  }

  private JsonNode get(String path) {
    return stage.cluster(CLUSTER, "GET", path, "");
  }

  /// Each object with its lines.
  private static List<String> objects(StepPlan plan) {
    return plan.changes().stream()
        .filter(Change.Update.class::isInstance)
        .flatMap(change -> ((Change.Update) change).objects().objects().stream())
        .flatMap(DriftedReleasesTest::lines)
        .toList();
  }

  private static Stream<String> lines(ObjectDiff object) {
    return Stream.concat(
        Stream.of(object.fate().verb() + " " + object.object()), object.lines().stream());
  }

  private StepPlan plan() {
    Plan plan = stage.plan(this::withChart).plan();
    return plan.clusters().getFirst().step(Step.HELM_RELEASE).orElseThrow();
  }

  private String withChart(String file) {
    return file.replace(ORIGINAL.toString(), chart.toString());
  }
}
