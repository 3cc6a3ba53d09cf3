// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.server.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The real kubectl of two generations, which takes a simulated cluster for any other.
class KubectlIT {
  private static final String WEB =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, labels: {app: web}}
      spec:
        replicas: 2
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            containers:
            - {name: web, image: "web:1", ports: [{containerPort: 80}], env: [{name: A, value: b}]}
      """;

  @TempDir static Path root;
  private static World world;

  @BeforeAll
  static void start() throws IOException {
    world = World.start(root, Options.defaults().withClusters(1));
  }

  @AfterAll
  static void stop() throws IOException {
    world.close();
    RequestLogs.keep("kubectl", world);
  }

  /// A client whose commands all go to a namespace of this test.
  private static Client kubectl(Release release, String test) throws Exception {
    Client kubectl = Client.of(world, release.kubectl());
    String namespace = release.namespace() + "-" + test;
    kubectl.says("create namespace " + namespace);
    kubectl.says("config set-context --current --namespace=" + namespace);
    return kubectl;
  }

  @ParameterizedTest
  @EnumSource
  void knowsTheServerAndItsTypes(Release release) throws Exception {
    Client kubectl = kubectl(release, "types");

    assertThat(kubectl.says("version")).contains("Client Version: v1.", "Server Version: v1.");
    assertThat(kubectl.says("api-resources --api-group=apps"))
        .containsSubsequence("daemonsets", "deployments", "replicasets", "statefulsets");
    assertThat(kubectl.says("explain deployment.spec.replicas"))
        .isEqualTo(
            """
            GROUP:      apps
            KIND:       Deployment
            VERSION:    v1

            FIELD: replicas <integer>


            DESCRIPTION:
                <empty>

            """);
    assertThat(kubectl.says("explain pod.spec.containers --recursive"))
        .contains("ports\t<[]ContainerPort>", "containerPort\t<integer> -required-");
  }

  @ParameterizedTest
  @EnumSource
  void appliesDiffsRollsOutAndTakesBack(Release release) throws Exception {
    Client kubectl = kubectl(release, "apply");
    kubectl.file("web.yaml", WEB);
    kubectl.file("newer.yaml", WEB.replace("web:1", "web:2").replace("replicas: 2", "replicas: 3"));

    assertThat(kubectl.says("apply -f web.yaml")).isEqualTo("deployment.apps/web created\n");
    assertThat(kubectl.says("rollout status deployment/web --timeout=60s"))
        .endsWith("deployment \"web\" successfully rolled out\n");
    assertThat(kubectl.says("apply -f web.yaml")).isEqualTo("deployment.apps/web unchanged\n");
    assertThat(kubectl.says("diff -f web.yaml")).isEmpty();
    Ended diff = kubectl.run("diff -f newer.yaml");
    assertThat(diff.code()).isEqualTo(1);
    assertThat(diff.out().lines().filter(line -> line.matches("[-+] .*")))
        .containsExactly(
            "-  generation: 1",
            "+  generation: 2",
            "-  replicas: 2",
            "+  replicas: 3",
            "-        image: web:1",
            "+        image: web:2");
    assertThat(kubectl.says("apply --dry-run=server -f newer.yaml"))
        .isEqualTo("deployment.apps/web configured (server dry run)\n");
    assertThat(kubectl.says("apply -f newer.yaml")).isEqualTo("deployment.apps/web configured\n");
    kubectl.says("rollout status deployment/web --timeout=60s");
    assertThat(kubectl.says("rollout history deployment/web"))
        .isEqualTo(
            "deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n\n");
    kubectl.says("rollout undo deployment/web");
    kubectl.says("rollout status deployment/web --timeout=60s");
    assertThat(kubectl.says("get deployment web -o jsonpath={..image}")).isEqualTo("web:1");
    kubectl.says("rollout restart deployment/web");
    kubectl.says("scale deployment/web --replicas=1");
    kubectl.says("label deployment/web tier=front");
    kubectl.says("annotate deployment/web note=taken");
    kubectl.says("wait --for=condition=Available deployment/web --timeout=60s");
    kubectl.says("rollout status deployment/web --timeout=60s");
    assertThat(kubectl.says("get pods --no-headers")).containsPattern("1/1 +Running +0 ");
    assertThat(kubectl.says("delete -f web.yaml --wait=true"))
        .startsWith("deployment.apps \"web\" deleted");
    assertThat(kubectl.says("get all -o name")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void appliesOnTheServerAndNamesWhoIsInTheWay(Release release) throws Exception {
    Client kubectl = kubectl(release, "ssa");
    kubectl.file("web.yaml", WEB);
    kubectl.file("other.yaml", WEB.replace("replicas: 2", "replicas: 5"));
    kubectl.file("wrong.yaml", WEB.replace("replicas: 2", "replica: 2"));

    assertThat(kubectl.says("apply --server-side -f web.yaml"))
        .isEqualTo("deployment.apps/web serverside-applied\n");
    Ended conflict = kubectl.run("apply --server-side --field-manager=other -f other.yaml");
    assertThat(conflict.code()).isEqualTo(1);
    assertThat(conflict.err())
        .startsWith(
            "error: Apply failed with 1 conflict: conflict with \"kubectl\": .spec.replicas\n");
    assertThat(
            kubectl.says(
                "apply --server-side --field-manager=other --force-conflicts -f other.yaml"))
        .isEqualTo("deployment.apps/web serverside-applied\n");
    assertThat(kubectl.says("get deployment web -o jsonpath={.metadata.managedFields[*].manager}"))
        .contains("kubectl", "other");
    assertThat(kubectl.run("apply --server-side -f wrong.yaml").err())
        .contains(".spec.replica: field not declared in schema");
    assertThat(kubectl.run("apply -f wrong.yaml").err())
        .contains("strict decoding error: unknown field \"spec.replica\"");
    assertThat(kubectl.run("apply --validate=warn --dry-run=server -f wrong.yaml").err())
        .contains("Warning: unknown field \"spec.replica\"");
  }

  @ParameterizedTest
  @EnumSource
  void watchesDescribesAndListsEvents(Release release) throws Exception {
    Client kubectl = kubectl(release, "watch");
    kubectl.file("web.yaml", WEB);

    try (Running watch = kubectl.start("get deployments --watch --no-headers")) {
      kubectl.says("apply -f web.yaml");
      watch.say("2/2");
    }
    kubectl.says("rollout status deployment/web --timeout=60s");
    assertThat(kubectl.says("describe deployment web"))
        .contains(
            "2 desired | 2 updated | 2 total | 2 available | 0 unavailable", "ScalingReplicaSet");
    assertThat(kubectl.says("describe pods")).contains("Status:", "Running", "Image:", "web:1");
    assertThat(kubectl.says("events")).contains("ScalingReplicaSet", "Started container web");
    assertThat(kubectl.says("logs deployment/web --tail=1")).isEmpty();
    String pod = kubectl.says("get pods -o name").lines().findFirst().orElseThrow();
    assertThat(kubectl.run("exec " + pod + " -- ls").err())
        .contains("the pods of the sandbox are no containers");
    assertThat(kubectl.run("port-forward " + pod + " 18080:80").err())
        .contains("the pods of the sandbox are no containers");
  }

  @ParameterizedTest
  @EnumSource
  void saysWhoAsksWhatTheyMayAndGivesTokens(Release release) throws Exception {
    Client kubectl = kubectl(release, "access");

    assertThat(kubectl.says("auth whoami")).contains("Username", "system:masters");
    assertThat(kubectl.says("auth can-i create deployments")).isEqualTo("yes\n");
    assertThat(kubectl.says("auth can-i --list")).contains("*.*");
    String account = "system:serviceaccount:" + release.namespace() + "-access:default";
    Ended refused = kubectl.run("auth can-i create deployments --as=" + account);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out()).isEqualTo("no\n");
    assertThat(kubectl.run("get secrets --as=" + account).err())
        .contains("User \"" + account + "\" cannot list resource \"secrets\" in API group \"\"");

    String token = kubectl.says("create token default --audience=api://AzureADTokenExchange");

    byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    assertThat(new String(claims, StandardCharsets.UTF_8))
        .contains("\"aud\":[\"api://AzureADTokenExchange\"]", "\"sub\":\"" + account + "\"");
  }
}
