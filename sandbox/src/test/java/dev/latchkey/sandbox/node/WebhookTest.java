// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import static dev.latchkey.sandbox.kubernetes.TestWorld.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.OfficialData;
import dev.latchkey.sandbox.clock.Agenda;
import dev.latchkey.sandbox.clock.SandboxClock;
import dev.latchkey.sandbox.kubernetes.TestWorld;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.schema.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the workload identity webhook makes of pods, and what becomes of pods without it.
class WebhookTest {
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String ACCOUNT = "/api/v1/namespaces/default/serviceaccounts/default";
  private static final String CONFIGURATION =
      "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations"
          + "/azure-wi-webhook-mutating-webhook-configuration";
  private static final String SERVICE =
      "/api/v1/namespaces/kube-system/services/azure-wi-webhook-webhook-service";
  private static final String LABELLED =
      """
      {'metadata':{'name':'p','labels':{'azure.workload.identity/use':'true'}},
       'spec':{'containers':[{'name':'main','image':'app:1',
        'env':[{'name':'AZURE_TENANT_ID','value':'mine'}]}]}}
      """;

  private Optional<Nodes> nodes = Optional.empty();
  private Optional<Agenda> agenda = Optional.empty();

  @AfterEach
  void end() {
    agenda.ifPresent(Agenda::close);
    nodes.ifPresent(Nodes::close);
  }

  private TestWorld world(TokenPath path) {
    var clock = new SandboxClock(() -> TestWorld.START);
    return new TestWorld(
        clock,
        world -> {
          agenda = Optional.of(new Agenda(clock));
          nodes = Optional.of(Nodes.start(world, agenda.orElseThrow(), new Pods.Simulated(), path));
          return nodes.orElseThrow();
        });
  }

  private TestWorld world() {
    return world(TokenPath.FROM_1_6);
  }

  private static void annotate(TestWorld world, String name, String value) {
    world.ask(
        "PATCH",
        ACCOUNT,
        "{'metadata':{'annotations':{'azure.workload.identity/" + name + "':'" + value + "'}}}");
  }

  private static String annotated(String name, String value) {
    return LABELLED.replace(
        "'name':'p',",
        "'name':'p','annotations':{'azure.workload.identity/" + name + "':'" + value + "'},");
  }

  @Test
  void aLabelledPodGetsVariablesAndTokenAndKeepsItsOwn() {
    TestWorld world = world();
    annotate(world, "client-id", "client");

    world.ask("POST", PODS, LABELLED);

    JsonNode pod = world.get(PODS + "/p");
    assertThat(Trees.at(pod, "spec", "containers").path(0).path("env"))
        .isEqualTo(
            list(
                """
                [{'name':'AZURE_TENANT_ID','value':'mine'},
                 {'name':'AZURE_CLIENT_ID','value':'client'},
                 {'name':'AZURE_FEDERATED_TOKEN_FILE',
                  'value':'/var/run/secrets/azure/wi/token/azure-identity-token'},
                 {'name':'AZURE_AUTHORITY_HOST','value':'https://login.microsoftonline.com/'}]
                """));
    assertThat(list(volumes(pod).getLast().toString()))
        .isEqualTo(
            list(
                """
                {'name':'azure-workload-identity-reserved-148de9c5a7a44d19e56cd9ae1a554b',
                 'projected':{'defaultMode':420,'sources':[{'serviceAccountToken':{
                  'audience':'api://AzureADTokenExchange','expirationSeconds':3600,
                  'path':'token/azure-identity-token'}}]}}
                """));
  }

  @Test
  void theOlderWebhookMountsTheTokenElsewhere() {
    TestWorld world = world(TokenPath.BEFORE_1_6);

    world.ask("POST", PODS, LABELLED);

    JsonNode pod = world.get(PODS + "/p");
    assertThat(pod.toString()).contains("/var/run/secrets/azure/tokens/azure-identity-token");
    assertThat(volumes(pod))
        .extracting(each -> Trees.text(each, "name"))
        .contains("azure-identity-token");
  }

  @Test
  void addsWhatTheRecordedPodHas() throws IOException {
    JsonNode recorded = recording("mutated-pod.json");
    TestWorld world = world(TokenPath.BEFORE_1_6);
    annotate(world, "client-id", "client");
    world.ask(
        "POST",
        PODS,
        """
        {'metadata':{'name':'quick-start','labels':{'azure.workload.identity/use':'true'}},
         'spec':{'containers':[{'name':'oidc','image':'oidc:1','env':[
          {'name':'KEYVAULT_URL','value':'u'},{'name':'SECRET_NAME','value':'s'}]}]}}
        """);

    JsonNode pod = world.get(PODS + "/quick-start");

    JsonNode ours = Trees.at(pod, "spec", "containers").path(0);
    JsonNode theirs = Trees.at(recorded, "spec", "containers").path(0);
    assertThat(names(ours.path("env"))).isEqualTo(names(theirs.path("env")));
    assertThat(paths(ours)).isEqualTo(paths(theirs));
    assertThat(expirations(pod)).isEqualTo(expirations(recorded));
  }

  @Test
  void aTokenHasTheClaimsOfTheRecordedOne() throws IOException {
    JsonNode recorded = recording("service-account-token-claims.json").path("payload");
    TestWorld world = world();
    world.ask("POST", PODS, LABELLED);
    Answer answer =
        world.ask(
            "POST",
            ACCOUNT + "/token",
            "{'spec':{'audiences':['test'],'boundObjectRef':{'kind':'Pod','apiVersion':'v1',"
                + "'name':'p'}}}");

    String token = Trees.text(((Answer.Body.Json) answer.body()).tree(), "status", "token");
    byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    JsonNode ours = JsonMapper.shared().readTree(claims);

    assertThat(new TreeSet<>(ours.propertyNames())).containsAll(recorded.propertyNames());
    assertThat(new TreeSet<>(ours.path("kubernetes.io").propertyNames()))
        .containsAll(recorded.path("kubernetes.io").propertyNames());
    assertThat(ours.path("exp").longValue() - ours.path("iat").longValue())
        .isEqualTo(recorded.path("exp").longValue() - recorded.path("iat").longValue());
    assertThat(ours.path("aud")).isEqualTo(recorded.path("aud"));
  }

  @Test
  void leavesPodsAloneThatHaveNoLabel() {
    TestWorld world = world();

    world.ask("POST", PODS, LABELLED.replace("'true'", "'yes'"));

    assertThat(world.get(PODS + "/p").toString()).doesNotContain("AZURE_CLIENT_ID", "azure/wi");
  }

  @Test
  void podsThatAreOlderThanTheWebhookStayAsTheyAre() {
    TestWorld world = world().withoutWebhook();

    world.ask("POST", PODS, LABELLED);

    assertThat(world.get(PODS + "/p").toString()).doesNotContain("azure/wi");
    assertThat(world.ask("GET", CONFIGURATION, "").status()).isEqualTo(404);
  }

  @Test
  void podsThatAreOlderThanTheAnnotationLackTheClient() {
    TestWorld world = world();
    world.ask("POST", PODS, LABELLED);

    annotate(world, "client-id", "client");

    assertThat(names(containers(world.get(PODS + "/p")).getFirst().path("env")))
        .doesNotContain("AZURE_CLIENT_ID")
        .contains("AZURE_FEDERATED_TOKEN_FILE");
  }

  @Test
  void skipsTheContainersThatThePodNames() {
    TestWorld world = world();
    String pod =
        annotated("skip-containers", "side; other")
            .replace("'containers':[", "'containers':[{'name':'side','image':'side:1'},");

    world.ask("POST", PODS, pod);

    List<JsonNode> containers = containers(world.get(PODS + "/p"));
    assertThat(containers.getFirst().toString()).doesNotContain("AZURE_", "azure/wi");
    assertThat(containers.getLast().toString()).contains("AZURE_AUTHORITY_HOST", "azure/wi");
  }

  @Test
  void theLifeThatThePodSaysCountsBeforeTheAccounts() {
    TestWorld world = world();
    annotate(world, "service-account-token-expiration", "7200");

    world.ask("POST", PODS, annotated("service-account-token-expiration", "86400"));
    world.ask("POST", PODS, LABELLED.replace("'p'", "'q'"));

    assertThat(expirations(world.get(PODS + "/p"))).contains(86400L);
    assertThat(expirations(world.get(PODS + "/q"))).contains(7200L);
  }

  @Test
  void refusesTokenLivesInTheWordsOfTheWebhook() {
    TestWorld world = world();

    List<String> answers =
        List.of("3599", "86401", "1h", "99999999999999999999").stream()
            .map(life -> annotated("service-account-token-expiration", life))
            .map(pod -> message(world.ask("POST", PODS, pod)))
            .toList();

    String denied =
        "400 admission webhook \"mutation.azure-workload-identity.io\" denied the request: ";
    assertThat(answers)
        .containsExactly(
            denied + "token expiration 3599 not valid. Expected value to be between 3600 and 86400",
            denied
                + "token expiration 86401 not valid. Expected value to be between 3600 and 86400",
            denied + "strconv.ParseInt: parsing \"1h\": invalid syntax",
            denied + "strconv.ParseInt: parsing \"99999999999999999999\": value out of range");
  }

  @Test
  void addsTheProxyToThePodsThatAskForIt() {
    TestWorld world = world();

    world.ask("POST", PODS, annotated("inject-proxy-sidecar", "true"));

    JsonNode pod = world.get(PODS + "/p");
    assertThat(names(Trees.at(pod, "spec", "initContainers")))
        .containsExactly("azwi-proxy", "azwi-proxy-init");
    JsonNode proxy = Trees.at(pod, "spec", "initContainers").path(0);
    assertThat(Trees.text(proxy, "restartPolicy")).isEqualTo("Always");
    assertThat(proxy.path("args")).isEqualTo(list("['--proxy-port=8000','--log-level=info']"));
    assertThat(proxy.toString()).contains("azure/wi");
  }

  @Test
  void refusesTheProxyOnTheNetworkOfTheHost() {
    String pod =
        annotated("inject-proxy-sidecar", "true")
            .replace("'spec':{", "'spec':{'hostNetwork':true,");

    assertThat(message(world().ask("POST", PODS, pod)))
        .endsWith("hostNetwork is set to true, cannot inject proxy sidecar");
  }

  @Test
  void labelledPodsAreRefusedWhileTheWebhookCannotBeCalled() {
    TestWorld world = world();
    world.ask("DELETE", SERVICE, "");

    Answer labelled = world.ask("POST", PODS, LABELLED);
    Answer other = world.ask("POST", PODS, LABELLED.replace("'true'", "'no'"));

    assertThat(message(labelled))
        .isEqualTo(
            "500 Internal error occurred: failed calling webhook"
                + " \"mutation.azure-workload-identity.io\": failed to call webhook: Post"
                + " \"https://azure-wi-webhook-webhook-service.kube-system.svc:443/mutate-v1-pod"
                + "?timeout=10s\": service \"azure-wi-webhook-webhook-service\" not found");
    assertThat(other.status()).isEqualTo(201);
  }

  @Test
  void labelledPodsStayAsTheyAreOnceTheWebhookIsTakenAway() {
    TestWorld world = world();
    world.ask("DELETE", CONFIGURATION, "");

    Answer answer = world.ask("POST", PODS, LABELLED);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(world.get(PODS + "/p").toString()).doesNotContain("azure/wi");
  }

  private static List<JsonNode> containers(JsonNode pod) {
    return Trees.items(Trees.at(pod, "spec", "containers"));
  }

  private static List<JsonNode> volumes(JsonNode pod) {
    return Trees.items(Trees.at(pod, "spec", "volumes"));
  }

  private static List<String> names(JsonNode list) {
    return Trees.items(list).stream().map(each -> Trees.text(each, "name")).sorted().toList();
  }

  private static List<String> paths(JsonNode container) {
    return Trees.items(container.path("volumeMounts")).stream()
        .map(each -> Trees.text(each, "mountPath"))
        .toList();
  }

  private static List<Long> expirations(JsonNode pod) {
    return volumes(pod).stream()
        .map(each -> Trees.at(each, "projected", "sources").path(0))
        .map(each -> Trees.number(each, 0, "serviceAccountToken", "expirationSeconds"))
        .toList();
  }

  private static JsonNode list(String json) {
    return JsonMapper.shared().readTree(json.replace('\'', '"'));
  }

  private static JsonNode recording(String name) throws IOException {
    Path file = OfficialData.at("recordings/aks-oidc/" + name);
    JsonNode recording = JsonMapper.shared().readTree(Files.readString(file));
    return Trees.at(recording.path("exchanges").path(0), "response", "body");
  }
}
