// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import static dev.latchkey.sandbox.kubernetes.TestWorld.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.clock.Agenda;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.kubernetes.TestWorld;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class NodesTest {
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String SETS = "/apis/apps/v1/namespaces/default/replicasets";
  private static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

  @TempDir Path folder;
  private Optional<Nodes> nodes = Optional.empty();
  private Optional<Agenda> agenda = Optional.empty();

  @AfterEach
  void end() {
    agenda.ifPresent(Agenda::close);
    nodes.ifPresent(Nodes::close);
  }

  private TestWorld world(SandboxClock clock, Pods pods, TokenPath path) {
    return new TestWorld(
        clock,
        world -> {
          agenda = Optional.of(new Agenda(clock));
          nodes = Optional.of(Nodes.start(world, agenda.orElseThrow(), pods, path));
          return nodes.orElseThrow();
        });
  }

  private TestWorld simulated() {
    return world(new SandboxClock(() -> TestWorld.START), new Pods.Simulated(), TokenPath.FROM_1_6);
  }

  private TestWorld real() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    var program =
        new Program(List.of(java, "-cp", classes, SmallServer.class.getName()), Map.of(), folder);
    return world(
        SandboxClock.wall(),
        new Pods.Real(Map.of("small:", program), folder, List.of("-Xmx64m")),
        TokenPath.FROM_1_6);
  }

  private static String deployment(int replicas, String image) {
    return """
    {'metadata':{'name':'app'},'spec':{'replicas':%d,'selector':{'matchLabels':{'app':'a'}},
     'template':{'metadata':{'labels':{'app':'a','azure.workload.identity/use':'true'}},
      'spec':{'containers':[{'name':'main','image':'%s','ports':[{'containerPort':8080}],
       'readinessProbe':{'periodSeconds':1,'httpGet':{'path':'/','port':8080}}}]}}}}
    """
        .formatted(replicas, image);
  }

  private static Predicate<JsonNode> complete(int replicas, int generation) {
    return each ->
        Trees.number(each, 0, "status", "observedGeneration") == generation
            && Trees.number(each, 0, "status", "updatedReplicas") == replicas
            && Trees.number(each, 0, "status", "replicas") == replicas
            && Trees.number(each, 0, "status", "availableReplicas") == replicas
            && each.toString().contains("NewReplicaSetAvailable");
  }

  @Test
  void aDeploymentBecomesAvailable() {
    TestWorld world = simulated();

    world.ask("POST", DEPLOYMENTS, deployment(2, "app:1"));

    world.until(DEPLOYMENTS + "/app", complete(2, 1));
    assertThat(world.get(PODS).path("items")).hasSize(2);
    assertThat(world.get("/api/v1/namespaces/default/events").toString())
        .contains("ScalingReplicaSet", "SuccessfulCreate", "Scheduled", "Started");
  }

  @Test
  void aPodThatIsRefusedIsTriedAgainLaterAndNotAtOnce() throws InterruptedException {
    TestWorld world = simulated();
    world.ask(
        "POST",
        DEPLOYMENTS,
        deployment(1, "app:1").replace("'containers'", "'serviceAccountName':'no','containers'"));

    JsonNode sets =
        world.until(SETS, each -> each.toString().contains("error looking up service account"));

    String condition = sets.path("items").path(0).path("status").path("conditions").toString();
    assertThat(condition).containsPattern("pods ..app-[0-9a-f]{10}-.. is forbidden");
    String version =
        Trees.text(world.get(SETS).path("items").path(0), "metadata", "resourceVersion");
    for (int turn = 0; turn < 20; turn++) {
      var looked = new CountDownLatch(1);
      agenda.orElseThrow().soon(looked::countDown);
      assertThat(looked.await(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(Trees.text(world.get(SETS).path("items").path(0), "metadata", "resourceVersion"))
        .isEqualTo(version);
  }

  @Test
  void aChangedTemplateReplacesAllPods() {
    TestWorld world = simulated();
    world.ask("POST", DEPLOYMENTS, deployment(2, "app:1"));
    world.until(DEPLOYMENTS + "/app", complete(2, 1));

    world.patch(
        "application/strategic-merge-patch+json",
        DEPLOYMENTS + "/app",
        "{'spec':{'template':{'spec':{'containers':[{'name':'main','image':'app:2'}]}}}}");

    JsonNode after = world.until(DEPLOYMENTS + "/app", complete(2, 2));
    world.until(PODS, pods -> pods.path("items").size() == 2);
    assertThat(world.get(PODS).toString()).contains("app:2").doesNotContain("app:1");
    assertThat(Trees.text(after, "metadata", "annotations", "deployment.kubernetes.io/revision"))
        .isEqualTo("2");
  }

  @Test
  void neverSaysOfANewTemplateWhatItSawOfTheOldOne() {
    TestWorld world = simulated();
    var reported = new ConcurrentLinkedQueue<String>();
    var changed = new AtomicBoolean();
    // the template changes while the controller is at work on the first one
    world
        .cluster()
        .store()
        .listen(
            change -> {
              if (change.kind().equals(Kinds.REPLICA_SET) && !changed.getAndSet(true)) {
                world
                    .cluster()
                    .resources()
                    .change(
                        Kinds.DEPLOYMENT,
                        "default",
                        "app",
                        each ->
                            Trees.child(each, "spec", "template", "metadata", "labels")
                                .put("b", "2"));
              }
              if (change.kind().equals(Kinds.DEPLOYMENT)) {
                reported.add(
                    Trees.text(change.object(), "status", "observedGeneration")
                        + " seen at revision "
                        + Trees.text(
                            change.object(),
                            "metadata",
                            "annotations",
                            "deployment.kubernetes.io/revision"));
              }
            });

    world.ask("POST", DEPLOYMENTS, deployment(2, "app:1"));

    world.until(DEPLOYMENTS + "/app", complete(2, 2));
    assertThat(reported).doesNotContain("2 seen at revision 1").contains("2 seen at revision 2");
  }

  @Test
  void countsFromBeforeAScalingNeverMakeAReplicaSetNegative() {
    var world = new TestWorld();
    var cluster = world.cluster();
    agenda = Optional.of(new Agenda(world.clock));
    var deployments = new Deployments(cluster, new Happenings(cluster), agenda.orElseThrow());
    world.ask("POST", DEPLOYMENTS, deployment(2, "app:1"));
    deployments.reconcile("default", "app");
    String old = Trees.text(world.get(SETS).path("items").path(0), "metadata", "name");
    world.ask(
        "PATCH", DEPLOYMENTS + "/app", "{'spec':{'template':{'metadata':{'labels':{'b':'2'}}}}}");
    deployments.reconcile("default", "app");
    for (JsonNode set : world.get(SETS).path("items")) {
      String name = Trees.text(set, "metadata", "name");
      cluster
          .resources()
          .change(
              Kinds.REPLICA_SET,
              "default",
              name,
              each -> {
                Trees.child(each, "spec").put("replicas", name.equals(old) ? 0 : 2);
                Trees.child(each, "status").put("replicas", 2).put("availableReplicas", 2);
              });
    }

    world.ask("PATCH", DEPLOYMENTS + "/app", "{'spec':{'replicas':1}}");
    deployments.reconcile("default", "app");

    assertThat(Trees.number(world.get(SETS + "/" + old), 9, "spec", "replicas")).isZero();
  }

  private static String set(String kind, String image) {
    return """
    {'kind':'%s','metadata':{'name':'app'},'spec':{'selector':{'matchLabels':{'app':'a'}},
     'template':{'metadata':{'labels':{'app':'a'}},
      'spec':{'containers':[{'name':'main','image':'%s'}]}}}}
    """
        .formatted(kind, image);
  }

  @Test
  void aStatefulSetNumbersItsPodsAndReplacesThemByTheirNames() {
    TestWorld world = simulated();
    String path = "/apis/apps/v1/namespaces/default/statefulsets";
    world.ask(
        "POST", path, set("StatefulSet", "app:1").replace("'selector'", "'replicas':2,'selector'"));
    world.until(path + "/app", each -> Trees.number(each, 0, "status", "readyReplicas") == 2);

    world.patch(
        "application/strategic-merge-patch+json",
        path + "/app",
        "{'spec':{'template':{'spec':{'containers':[{'name':'main','image':'app:2'}]}}}}");

    world.until(
        path + "/app",
        each ->
            Trees.number(each, 0, "status", "observedGeneration") == 2
                && Trees.number(each, 0, "status", "updatedReplicas") == 2
                && Trees.number(each, 0, "status", "readyReplicas") == 2);
    assertThat(world.get(PODS + "/app-0").toString()).contains("app:2");
    assertThat(world.get(PODS + "/app-1").toString()).contains("app:2");
  }

  @Test
  void aDaemonSetKeepsOnePodOnTheNode() {
    TestWorld world = simulated();
    String path = "/apis/apps/v1/namespaces/default/daemonsets";
    world.ask("POST", path, set("DaemonSet", "app:1"));
    world.until(path + "/app", each -> Trees.number(each, 0, "status", "numberAvailable") == 1);
    String first = Trees.text(world.get(PODS).path("items").path(0), "metadata", "name");

    world.ask("DELETE", PODS + "/" + first, "");

    world.until(
        PODS,
        pods ->
            pods.path("items").size() == 1
                && !Trees.text(pods.path("items").path(0), "metadata", "name").equals(first));
  }

  @Test
  void aDeletedDeploymentTakesItsPodsAlong() {
    TestWorld world = simulated();
    world.ask("POST", DEPLOYMENTS, deployment(2, "app:1"));
    world.until(DEPLOYMENTS + "/app", complete(2, 1));

    world.ask("DELETE", DEPLOYMENTS + "/app", "");

    world.until(PODS, pods -> pods.path("items").isEmpty());
  }

  @Test
  void aPodWhoseControllerIsGoneGoesToo() {
    TestWorld world = simulated();

    world.ask(
        "POST",
        PODS,
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"late","ownerReferences":[
          {"apiVersion":"apps/v1","kind":"ReplicaSet","name":"gone","uid":"u-1","controller":true}]},
         "spec":{"containers":[{"name":"app","image":"app:1"}]}}""");

    world.until(PODS, pods -> pods.path("items").isEmpty());
  }

  @Test
  void aJobEndsWhenItsPodHasSucceeded() {
    TestWorld world = simulated();

    world.ask(
        "POST",
        JOBS,
        """
        {'metadata':{'name':'job'},'spec':{'template':{'spec':{'restartPolicy':'Never',
         'containers':[{'name':'main','image':'app:1'}]}}}}
        """);

    JsonNode job = world.until(JOBS + "/job", each -> each.toString().contains("\"Complete\""));
    assertThat(Trees.number(job, 0, "status", "succeeded")).isEqualTo(1);
  }

  @Test
  void aJobWhosePodsEndWithACodeReachesItsBackoffLimit() {
    TestWorld world = simulated();

    world.ask("POST", JOBS, job("'backoffLimit':1", "run-it; exit 3"));

    JsonNode job =
        world.until(JOBS + "/job", each -> each.toString().contains("BackoffLimitExceeded"));
    assertThat(Trees.number(job, 0, "status", "failed")).isEqualTo(2);
    assertThat(world.get(PODS).path("items"))
        .hasSize(2)
        .allSatisfy(
            pod ->
                assertThat(pod.at("/status/containerStatuses/0/state/terminated/exitCode").asInt())
                    .isEqualTo(3));
    assertThat(world.get("/api/v1/namespaces/default/events").toString())
        .contains("Job has reached the specified backoff limit");
  }

  @Test
  void aJobIsStoppedAtItsDeadline() {
    TestWorld world = world(SandboxClock.wall(), new Pods.Simulated(), TokenPath.FROM_1_6);

    world.ask("POST", JOBS, job("'activeDeadlineSeconds':1", "sleep infinity"));

    world.until(JOBS + "/job", each -> each.toString().contains("DeadlineExceeded"));
    world.until(PODS, pods -> pods.path("items").isEmpty());
    assertThat(world.get(JOBS + "/job").toString()).doesNotContain("\"Complete\"");
  }

  private static String job(String limit, String script) {
    return """
    {'metadata':{'name':'job'},'spec':{%s,'template':{'spec':{'restartPolicy':'Never',
     'containers':[{'name':'main','image':'app:1','command':['sh','-c','%s']}]}}}}
    """
        .formatted(limit, script);
  }

  @Test
  void aPodWaitsForTheSecretItRefersTo() {
    TestWorld world = simulated();

    world.ask(
        "POST",
        PODS,
        """
        {'metadata':{'name':'p'},'spec':{'containers':[{'name':'main','image':'app:1',
         'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'s','key':'k'}}}]}]}}
        """);

    JsonNode pod =
        world.until(PODS + "/p", each -> each.toString().contains("CreateContainerConfigError"));
    assertThat(pod.toString()).contains("secret \\\"s\\\" not found");
  }

  @Test
  void aRealPodIsReadyOnceItsProgramSeesItsToken() {
    TestWorld world = real();

    world.ask("POST", DEPLOYMENTS, deployment(1, "small:1"));

    world.until(DEPLOYMENTS + "/app", complete(1, 1));
    JsonNode pod = world.get(PODS).path("items").path(0);
    Answer log = world.ask("GET", PODS + "/" + Trees.text(pod, "metadata", "name") + "/log", "");
    assertThat(new String(((Answer.Body.Raw) log.body()).bytes(), StandardCharsets.UTF_8))
        .contains("listening");
  }

  @Test
  void aProgramThatFailsIsStartedAgainAndItsExitCodeKept() {
    TestWorld world = real();

    world.ask(
        "POST",
        PODS,
        """
        {'metadata':{'name':'p'},'spec':{'containers':[
         {'name':'main','image':'small:1','args':['3']}]}}
        """);

    world.until(
        PODS + "/p",
        pod -> {
          JsonNode container = Trees.at(pod, "status", "containerStatuses").path(0);
          return Trees.text(container, "state", "waiting", "reason").equals("CrashLoopBackOff")
              && Trees.number(container, 0, "lastState", "terminated", "exitCode") == 3
              && Trees.number(container, 0, "restartCount") > 0;
        });
  }

  @Test
  void anUnknownImageCannotBePulled() {
    TestWorld world = real();

    world.ask(
        "POST",
        PODS,
        "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'main','image':'none:1'}]}}");

    world.until(PODS + "/p", pod -> pod.toString().contains("ImagePullBackOff"));
  }

  @Test
  void refusesToRunWhatAnImageDoesNotBring() {
    TestWorld world = real();

    world.ask(
        "POST",
        PODS,
        """
        {'metadata':{'name':'p'},'spec':{'containers':[
         {'name':'main','image':'small:1','command':['sh','-c','true']}]}}
        """);
    world.ask(
        "POST",
        PODS,
        """
        {'metadata':{'name':'q'},'spec':{'initContainers':[{'name':'first','image':'small:1'}],
         'containers':[{'name':'main','image':'small:1'}]}}
        """);

    world.until(PODS + "/p", pod -> pod.toString().contains("entry point, not another command"));
    world.until(PODS + "/q", pod -> pod.toString().contains("runs no init containers"));
    assertThat(world.get("/api/v1/namespaces/default/events").toString())
        .contains("Error: the sandbox runs no init containers");
  }

  @Test
  void aPodWithoutItsServiceAccountIsRefused() {
    TestWorld world = simulated();

    Answer answer =
        world.ask(
            "POST",
            PODS,
            """
            {'metadata':{'name':'p'},'spec':{'serviceAccountName':'no',
             'containers':[{'name':'main','image':'app:1'}]}}
            """);

    assertThat(message(answer))
        .isEqualTo(
            "403 pods \"p\" is forbidden: error looking up service account default/no:"
                + " serviceaccount \"no\" not found");
  }

  @Test
  void aSkippedContainerGetsNothing() {
    TestWorld world = simulated();

    world.ask(
        "POST",
        PODS,
        """
        {'metadata':{'name':'p','labels':{'azure.workload.identity/use':'true'},
          'annotations':{'azure.workload.identity/skip-containers':'side'}},
         'spec':{'containers':[{'name':'main','image':'app:1'},{'name':'side','image':'app:1'}]}}
        """);

    JsonNode containers = Trees.at(world.get(PODS + "/p"), "spec", "containers");
    assertThat(containers.path(0).toString()).contains("AZURE_FEDERATED_TOKEN_FILE");
    assertThat(containers.path(1).toString()).doesNotContain("AZURE_", "azure/wi");
  }

  @Test
  void aRolloutThatDoesNotProgressIsSaidToHaveTimedOut() {
    TestWorld world = simulated();
    world.ask(
        "POST",
        DEPLOYMENTS,
        deployment(1, "app:1")
            .replace("'replicas'", "'progressDeadlineSeconds':60,'replicas'")
            .replace("'ports'", "'envFrom':[{'secretRef':{'name':'none'}}],'ports'"));
    world.until(PODS, pods -> pods.toString().contains("CreateContainerConfigError"));

    world.clock.advance(Duration.ofSeconds(61));

    JsonNode timedOut =
        world.until(
            DEPLOYMENTS + "/app", each -> each.toString().contains("ProgressDeadlineExceeded"));
    assertThat(Conditions.isTrue(timedOut, "Progressing")).isFalse();
  }

  @Test
  void aRecreatedDeploymentNeverRunsTwoTemplatesAtOnce() {
    TestWorld world = simulated();
    var together = new AtomicBoolean();
    world
        .cluster()
        .store()
        .listen(
            change -> {
              if (change.kind().equals(Kinds.POD)) {
                String pods = world.get(PODS).toString();
                together.compareAndSet(false, pods.contains("app:1") && pods.contains("app:2"));
              }
            });
    world.ask(
        "POST",
        DEPLOYMENTS,
        deployment(2, "app:1").replace("'replicas'", "'strategy':{'type':'Recreate'},'replicas'"));
    world.until(DEPLOYMENTS + "/app", complete(2, 1));

    world.patch(
        "application/strategic-merge-patch+json",
        DEPLOYMENTS + "/app",
        "{'spec':{'template':{'spec':{'containers':[{'name':'main','image':'app:2'}]}}}}");

    world.until(DEPLOYMENTS + "/app", complete(2, 2));
    assertThat(together).isFalse();
  }

  @Test
  void aTokenIsRenewedWhenFourFifthsOfItsLifeAreOver() throws Exception {
    TestWorld world = real();
    world.ask("POST", DEPLOYMENTS, deployment(1, "small:1"));
    world.until(DEPLOYMENTS + "/app", complete(1, 1));
    Path file = tokenFile();
    String first = Files.readString(file);

    world.clock.advance(Duration.ofMinutes(49));

    var renewed = new CountDownLatch(1);
    agenda.orElseThrow().soon(renewed::countDown); // comes after all that was due before
    assertThat(renewed.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(file)).isNotEqualTo(first);
  }

  private Path tokenFile() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.endsWith("azure-identity-token")).findFirst().orElseThrow();
    }
  }
}
