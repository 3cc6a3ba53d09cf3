// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import static dev.latchkey.sandbox.kubernetes.TestWorld.message;
import static dev.latchkey.sandbox.kubernetes.TestWorld.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.cluster.ClusterView.Authorization;
import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.schema.Trees;
import dev.latchkey.sandbox.token.Jwt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApiServerTest {
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
  private static final String DEPLOYMENT =
      """
      {'metadata':{'name':'app'},'spec':{'selector':{'matchLabels':{'app':'a'}},
       'template':{'metadata':{'labels':{'app':'a'}},
        'spec':{'containers':[{'name':'main','image':'app:1','env':[{'name':'A','value':'1'}]}]}}}}
      """;
  private static final String ENTRA = "6dae42f8-4368-4678-94ff-3960e28e3630";
  private static final String WHO = "11111111-2222-4333-8444-555555555555";

  private final TestWorld world = new TestWorld();

  @Test
  void keepsWhatIsCreatedAndSetsWhatTheServerSets() {
    Answer made = world.ask("POST", CONFIG_MAPS, "{'metadata':{'name':'c'},'data':{'k':'v'}}");

    JsonNode there = world.get(CONFIG_MAPS + "/c");
    assertThat(made.status()).isEqualTo(201);
    assertThat(there).isEqualTo(tree(made));
    assertThat(Trees.text(there, "kind")).isEqualTo("ConfigMap");
    assertThat(Trees.text(there, "metadata", "uid")).hasSize(36);
    assertThat(Trees.text(there, "metadata", "creationTimestamp"))
        .isEqualTo("2026-05-04T10:00:00Z");
  }

  @Test
  void refusesInTheWordsOfKubernetes() {
    String one = "{'metadata':{'name':'c'}}";
    world.ask("POST", CONFIG_MAPS, one);

    assertThat(
            List.of(
                message(world.ask("GET", CONFIG_MAPS + "/none", "")),
                message(world.ask("GET", DEPLOYMENTS + "/none", "")),
                message(world.ask("POST", CONFIG_MAPS, one)),
                message(world.ask("POST", "/api/v1/namespaces/none/configmaps", one)),
                message(world.ask("GET", "/apis/none/v1/things", "")),
                message(
                    world.ask(
                        "PUT",
                        CONFIG_MAPS + "/c",
                        "{'metadata':{'name':'c','resourceVersion':'1'}}"))))
        .containsExactly(
            "404 configmaps \"none\" not found",
            "404 deployments.apps \"none\" not found",
            "409 configmaps \"c\" already exists",
            "404 namespaces \"none\" not found",
            "404 the server could not find the requested resource",
            "409 Operation cannot be fulfilled on configmaps \"c\": the object has been modified;"
                + " please apply your changes to the latest version and try again");
  }

  @Test
  void countsGenerationsOfTheSpecAlone() {
    world.ask("POST", DEPLOYMENTS, DEPLOYMENT);

    world.ask("PATCH", DEPLOYMENTS + "/app", "{'metadata':{'labels':{'x':'y'}}}");
    world.ask("PATCH", DEPLOYMENTS + "/app", "{'spec':{'replicas':3}}");

    JsonNode after = world.get(DEPLOYMENTS + "/app");
    assertThat(Trees.number(after, 0, "metadata", "generation")).isEqualTo(2);
  }

  @Test
  void aPatchOfNothingMakesNoVersion() {
    JsonNode before = tree(world.ask("POST", DEPLOYMENTS, DEPLOYMENT));

    world.ask("PATCH", DEPLOYMENTS + "/app", "{}");

    assertThat(world.get(DEPLOYMENTS + "/app")).isEqualTo(before);
  }

  @Test
  void mergesContainersByTheirNames() {
    world.ask("POST", DEPLOYMENTS, DEPLOYMENT);

    world.patch(
        "application/strategic-merge-patch+json",
        DEPLOYMENTS + "/app",
        """
        {'spec':{'template':{'spec':{'containers':[
          {'name':'main','image':'app:2','env':[{'name':'B','value':'2'}]}]}}}}
        """);

    JsonNode containers =
        Trees.at(world.get(DEPLOYMENTS + "/app"), "spec", "template", "spec", "containers");
    assertThat(containers).hasSize(1);
    assertThat(Trees.text(containers.path(0), "image")).isEqualTo("app:2");
    assertThat(containers.path(0).path("env").toString())
        .isEqualTo("[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"B\",\"value\":\"2\"}]");
  }

  @Test
  void aJsonPatchWhoseTestFailsChangesNothing() {
    world.ask("POST", CONFIG_MAPS, "{'metadata':{'name':'c'},'data':{'k':'v'}}");

    Answer answer =
        world.patch(
            "application/json-patch+json",
            CONFIG_MAPS + "/c",
            """
            [{'op':'replace','path':'/data/k','value':'w'},
             {'op':'test','path':'/data/k','value':'v'}]
            """);

    assertThat(answer.status()).isEqualTo(422);
    assertThat(Trees.text(world.get(CONFIG_MAPS + "/c"), "data", "k")).isEqualTo("v");
  }

  @Test
  void selectsByLabelsAndFieldsAndGivesPages() {
    for (String name : List.of("a", "b", "c")) {
      String label = name.equals("b") ? "odd" : "even";
      world.ask(
          "POST",
          CONFIG_MAPS,
          "{'metadata':{'name':'" + name + "','labels':{'is':'" + label + "'}}}");
    }

    assertThat(names(CONFIG_MAPS + "?labelSelector=is=even")).containsExactly("a", "c");
    assertThat(names(CONFIG_MAPS + "?labelSelector=is notin (even),is")).containsExactly("b");
    assertThat(names(CONFIG_MAPS + "?fieldSelector=metadata.name=c")).containsExactly("c");
    JsonNode page = world.get(CONFIG_MAPS + "?labelSelector=is&limit=2");
    assertThat(page.path("items")).hasSize(2);
    String rest =
        CONFIG_MAPS + "?labelSelector=is&continue=" + Trees.text(page, "metadata", "continue");
    assertThat(names(rest)).containsExactly("c");
  }

  private List<String> names(String path) {
    return Trees.items(world.get(path).path("items")).stream()
        .map(item -> Trees.text(item, "metadata", "name"))
        .toList();
  }

  @Test
  void aWatchTellsWhatHappenedAfterItsVersion() throws IOException, InterruptedException {
    JsonNode made = tree(world.ask("POST", CONFIG_MAPS, "{'metadata':{'name':'c'}}"));
    world.ask("PATCH", CONFIG_MAPS + "/c", "{'data':{'k':'v'}}");
    world.ask("DELETE", CONFIG_MAPS + "/c", "");

    List<JsonNode> events = watch(Trees.text(made, "metadata", "resourceVersion"));

    assertThat(events.stream().map(event -> Trees.text(event, "type")))
        .containsExactly("MODIFIED", "DELETED");
  }

  @Test
  void aWatchFromAForgottenVersionIsExpired() throws IOException, InterruptedException {
    JsonNode made = tree(world.ask("POST", CONFIG_MAPS, "{'metadata':{'name':'c'}}"));
    for (int i = 0; i <= Store.logLimit(); i++) {
      world.ask("PATCH", CONFIG_MAPS + "/c", "{'data':{'k':'" + i + "'}}");
    }

    List<JsonNode> events = watch(Trees.text(made, "metadata", "resourceVersion"));

    assertThat(events).hasSize(1);
    assertThat(Trees.text(events.getFirst(), "type")).isEqualTo("ERROR");
    assertThat(Trees.number(events.getFirst(), 0, "object", "code")).isEqualTo(410);
  }

  private List<JsonNode> watch(String version) throws IOException, InterruptedException {
    Answer answer =
        world.ask("GET", CONFIG_MAPS + "?watch=1&timeoutSeconds=1&resourceVersion=" + version, "");
    var out = new ByteArrayOutputStream();
    ((Answer.Body.Stream) answer.body()).feed().pump(out);
    return out.toString(StandardCharsets.UTF_8).lines().map(Bodies::json).toList();
  }

  @Test
  void deletesWhatADeletedObjectOwns() {
    JsonNode owner = tree(world.ask("POST", CONFIG_MAPS, "{'metadata':{'name':'owner'}}"));
    world.ask(
        "POST",
        CONFIG_MAPS,
        "{'metadata':{'name':'owned','ownerReferences':[{'uid':'"
            + Trees.text(owner, "metadata", "uid")
            + "','kind':'ConfigMap','name':'owner'}]}}");

    world.ask("DELETE", CONFIG_MAPS + "/owner", "");

    assertThat(world.ask("GET", CONFIG_MAPS + "/owned", "").status()).isEqualTo(404);
  }

  @Test
  void aDeletedNamespaceTakesAllAlong() {
    world.ask("POST", "/api/v1/namespaces", "{'metadata':{'name':'n'}}");
    world.ask("POST", "/api/v1/namespaces/n/configmaps", "{'metadata':{'name':'c'}}");

    world.ask("DELETE", "/api/v1/namespaces/n", "");
    world.ask("POST", "/api/v1/namespaces", "{'metadata':{'name':'n'}}");

    assertThat(world.get("/api/v1/namespaces").toString()).contains("\"name\":\"n\"");
    assertThat(world.ask("GET", "/api/v1/namespaces/n/configmaps/c", "").status()).isEqualTo(404);
  }

  @Test
  void aDryRunKeepsNothing() {
    Answer answer = world.ask("POST", CONFIG_MAPS + "?dryRun=All", "{'metadata':{'name':'c'}}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(world.ask("GET", CONFIG_MAPS + "/c", "").status()).isEqualTo(404);
  }

  @Test
  void strictValidationNamesUnknownFields() {
    Answer answer =
        world.ask(
            "POST",
            DEPLOYMENTS + "?fieldValidation=Strict",
            DEPLOYMENT.replace("'image'", "'imagine':'x','image'"));

    assertThat(message(answer))
        .isEqualTo(
            "400 Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding"
                + " error: unknown field \"spec.template.spec.containers[0].imagine\"");
  }

  @Test
  void readsTheReleaseSecretsOfHelm() {
    byte[] secret =
        bytes(
            field(
                1, bytes(field(1, text("sh.helm.release.v1.app.v1")), entry(11, "owner", "helm"))),
            entry(2, "release", "abc"),
            field(3, text("helm.sh/release.v1")));
    byte[] body =
        bytes(
            new byte[] {'k', '8', 's', 0},
            field(1, bytes(field(1, text("v1")), field(2, text("Secret")))),
            field(2, secret));

    Answer answer =
        world.ask(
            "POST",
            "/api/v1/namespaces/default/secrets",
            body,
            Map.of("content-type", "application/vnd.kubernetes.protobuf"),
            true);

    JsonNode made = tree(answer);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(Trees.text(made, "data", "release")).isEqualTo("YWJj");
    assertThat(Trees.text(made, "type")).isEqualTo("helm.sh/release.v1");
    assertThat(Trees.text(made, "metadata", "labels", "owner")).isEqualTo("helm");
  }

  @Test
  void readsWhatKubectlCreatesAsProtobuf() {
    byte[] budget =
        bytes(
            field(1, field(1, text("b"))),
            field(
                2,
                bytes(
                    field(1, number(2, 1)),
                    field(2, entry(1, "app", "web")),
                    field(3, bytes(number(1, 1), field(3, text("50%")))))));

    Answer answer =
        post(
            "policy/v1",
            "PodDisruptionBudget",
            "/apis/policy/v1/namespaces/default/poddisruptionbudgets?fieldValidation=Strict",
            budget);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(tree(answer).path("spec").toString())
        .isEqualTo(
            "{\"minAvailable\":1,\"selector\":{\"matchLabels\":{\"app\":\"web\"}},"
                + "\"maxUnavailable\":\"50%\"}");
  }

  @Test
  void keepsAZeroOfProtobufOnlyWhereItSaysSomething() {
    byte[] container = bytes(field(1, text("main")), field(2, text("app:1")), field(5, text("")));
    byte[] template =
        bytes(field(1, entry(11, "app", "a")), field(2, bytes(field(2, container), number(4, 0))));
    byte[] deployment =
        bytes(
            field(1, field(1, text("app"))),
            field(
                2,
                bytes(
                    number(1, 0),
                    field(2, entry(1, "app", "a")),
                    field(3, template),
                    number(7, 0))));

    JsonNode spec = tree(post("apps/v1", "Deployment", DEPLOYMENTS, deployment)).path("spec");

    assertThat(Trees.number(spec, 9, "replicas")).isZero();
    assertThat(spec.has("paused")).isFalse();
    JsonNode pod = Trees.at(spec, "template", "spec");
    assertThat(Trees.number(pod, 9, "terminationGracePeriodSeconds")).isZero();
    assertThat(pod.path("containers").path(0).has("workingDir")).isFalse();
  }

  @Test
  void answersAccessReviewsThatComeAsProtobuf() {
    byte[] review =
        field(
            2,
            field(
                1,
                bytes(field(1, text("default")), field(2, text("list")), field(5, text("pods")))));

    Answer answer =
        post(
            "authorization.k8s.io/v1",
            "SelfSubjectAccessReview",
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            review);

    assertThat(Trees.text(tree(answer), "status", "allowed")).isEqualTo("true");
  }

  @Test
  void refusesProtobufThatEndsTooEarly() {
    byte[] half = {'k', '8', 's', 0, 10, 100, 1};

    Answer answer =
        world.ask(
            "POST",
            CONFIG_MAPS,
            half,
            Map.of("content-type", "application/vnd.kubernetes.protobuf"),
            true);

    assertThat(message(answer)).isEqualTo("400 unable to decode the protobuf: unexpected end");
  }

  private Answer post(String apiVersion, String kind, String path, byte[] object) {
    byte[] body =
        bytes(
            new byte[] {'k', '8', 's', 0},
            field(1, bytes(field(1, text(apiVersion)), field(2, text(kind)))),
            field(2, object));
    return world.ask(
        "POST", path, body, Map.of("content-type", "application/vnd.kubernetes.protobuf"), true);
  }

  private static byte[] number(int number, int value) {
    return new byte[] {(byte) (number << 3), (byte) value};
  }

  @Test
  void whoActsAsAnAccountMayOnlyWhatTheAccountMay() {
    Answer answer =
        as("system:serviceaccount:default:default", "/api/v1/namespaces/default/secrets");

    assertThat(message(answer))
        .isEqualTo(
            "403 secrets is forbidden: User \"system:serviceaccount:default:default\" cannot list"
                + " resource \"secrets\" in API group \"\" in the namespace \"default\"");
  }

  private Answer as(String user, String path) {
    return world.ask("GET", path, "", Map.of("impersonate-user", user), true);
  }

  @Test
  void onlyThoseMayActAsOthersWhoMayImpersonateThem() {
    JsonNode token =
        tree(world.ask("POST", "/api/v1/namespaces/default/serviceaccounts/default/token", "{}"));

    Answer answer =
        world.ask(
            "GET",
            CONFIG_MAPS,
            "",
            Map.of(
                "authorization",
                "Bearer " + Trees.text(token, "status", "token"),
                "impersonate-user",
                "admin"),
            false);

    assertThat(message(answer))
        .isEqualTo(
            "403 users \"admin\" is forbidden: User \"system:serviceaccount:default:default\" cannot"
                + " impersonate resource \"users\" in API group \"\" at the cluster scope");
  }

  @Test
  void knowsTheStaticTokenOfItsOwnAdministrator() {
    String own = "static " + world.cluster().key();

    assertThat(world.askAs(own, "GET", CONFIG_MAPS, "").status()).isEqualTo(200);
    assertThat(world.askAs(own + "2", "GET", CONFIG_MAPS, "").status()).isEqualTo(401);
  }

  @Test
  void eachNamespaceHoldsTheCertificateAuthorityOfItsCluster() {
    JsonNode map = world.get(CONFIG_MAPS + "/kube-root-ca.crt");

    assertThat(Trees.text(map, "data", "ca.crt")).isEqualTo("the CA of the cluster");
  }

  @Test
  void showsTheColumnsOfKubernetes() {
    world.ask(
        "POST",
        "/apis/policy/v1/namespaces/default/poddisruptionbudgets",
        "{'metadata':{'name':'b'},'spec':{'minAvailable':1}}");
    world.ask(
        "POST",
        "/api/v1/namespaces/default/services",
        "{'metadata':{'name':'s'},'spec':{'clusterIP':'10.0.0.9','ports':[{'port':80}],"
            + "'selector':{'b':'2','a':'1'}}}");

    assertThat(row("/api/v1/namespaces/default/serviceaccounts"))
        .isEqualTo("[\"default\",0,\"0s\"]");
    assertThat(row("/api/v1/namespaces/default/services"))
        .isEqualTo("[\"s\",\"ClusterIP\",\"10.0.0.9\",\"<none>\",\"80/TCP\",\"0s\",\"a=1,b=2\"]");
    assertThat(row("/apis/policy/v1/namespaces/default/poddisruptionbudgets"))
        .isEqualTo("[\"b\",\"1\",\"N/A\",0,\"0s\"]");
  }

  private String row(String path) {
    Answer answer =
        world.ask(
            "GET",
            path,
            "",
            Map.of("accept", "application/json;as=Table;v=v1;g=meta.k8s.io"),
            true);
    return tree(answer).path("rows").path(0).path("cells").toString();
  }

  @Test
  void readsYaml() {
    Answer answer =
        world.ask(
            "POST",
            CONFIG_MAPS,
            "metadata: {name: c}\ndata:\n  k: v\n",
            Map.of("content-type", "application/yaml"),
            true);

    assertThat(Trees.text(tree(answer), "data", "k")).isEqualTo("v");
  }

  @Test
  void refusesYamlThatIsNestedTooDeep() {
    Answer answer =
        world.ask(
            "POST",
            CONFIG_MAPS,
            "[".repeat(3000),
            Map.of("content-type", "application/yaml"),
            true);

    assertThat(message(answer))
        .isEqualTo("400 error converting YAML to JSON: yaml: exceeded max depth of 500");
  }

  @Test
  void refusesAReviewThatAsksForNothing() {
    Answer answer =
        world.ask("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "{'spec':{}}");

    assertThat(message(answer))
        .isEqualTo(
            "422 SelfSubjectAccessReview.authorization.k8s.io \"\" is invalid:"
                + " spec.resourceAttributes: Invalid value: null: exactly one of"
                + " nonResourceAttributes or resourceAttributes must be specified");
  }

  @Test
  void deletesAllThatASelectorNames() {
    world.ask("POST", CONFIG_MAPS, "{'metadata':{'name':'a','labels':{'x':'1'}}}");
    world.ask("POST", CONFIG_MAPS, "{'metadata':{'name':'b'}}");

    world.ask("DELETE", CONFIG_MAPS + "?labelSelector=x=1", "");

    assertThat(world.ask("GET", CONFIG_MAPS + "/a", "").status()).isEqualTo(404);
    assertThat(world.ask("GET", CONFIG_MAPS + "/b", "").status()).isEqualTo(200);
  }

  @Test
  void scalesWithoutTouchingAnythingElse() {
    JsonNode before = tree(world.ask("POST", DEPLOYMENTS, DEPLOYMENT));

    JsonNode scale =
        tree(world.ask("PATCH", DEPLOYMENTS + "/app/scale", "{'spec':{'replicas':5}}"));

    JsonNode after = world.get(DEPLOYMENTS + "/app");
    assertThat(Trees.number(scale, 0, "spec", "replicas")).isEqualTo(5);
    assertThat(Trees.number(after, 0, "spec", "replicas")).isEqualTo(5);
    assertThat(Trees.at(after, "spec", "template")).isEqualTo(Trees.at(before, "spec", "template"));
  }

  @Test
  void aWriteOfTheStatusChangesTheStatusAlone() {
    world.ask("POST", DEPLOYMENTS, DEPLOYMENT);

    world.ask(
        "PATCH",
        DEPLOYMENTS + "/app/status",
        "{'metadata':{'labels':{'x':'y'}},'spec':{'replicas':9},'status':{'readyReplicas':1}}");

    JsonNode after = world.get(DEPLOYMENTS + "/app");
    assertThat(Trees.number(after, 0, "status", "readyReplicas")).isEqualTo(1);
    assertThat(Trees.number(after, 0, "spec", "replicas")).isEqualTo(1);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] entry(int number, String key, String value) {
    return field(number, bytes(field(1, text(key)), field(2, text(value))));
  }

  private static byte[] field(int number, byte[] value) {
    return bytes(new byte[] {(byte) (number << 3 | 2), (byte) value.length}, value);
  }

  private static byte[] bytes(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  @Test
  void showsTablesToKubectl() {
    world.ask("POST", DEPLOYMENTS, DEPLOYMENT);

    JsonNode table =
        tree(
            world.ask(
                "GET",
                DEPLOYMENTS,
                "",
                Map.of("accept", "application/json;as=Table;v=v1;g=meta.k8s.io"),
                true));

    assertThat(Trees.text(table, "kind")).isEqualTo("Table");
    assertThat(table.path("rows").path(0).path("cells").toString())
        .startsWith("[\"app\",\"0/1\",0,0,\"0s\"");
  }

  @Test
  void asksWhoItIs() {
    Answer nobody = world.ask("GET", "/api/v1/pods", "", Map.of(), false);

    assertThat(message(nobody)).isEqualTo("401 Unauthorized");
  }

  @Test
  void issuesTokensWithTheClaimsOfAManagedCluster() {
    Answer answer =
        requestToken("{'audiences':['api://AzureADTokenExchange'],'expirationSeconds':600}");

    Jwt jwt = Jwt.read(Trees.text(tree(answer), "status", "token")).orElseThrow();
    assertThat(answer.status()).isEqualTo(201);
    assertThat(jwt.claims().getIssuer()).isEqualTo(TestWorld.ISSUER);
    assertThat(jwt.claims().getSubject()).isEqualTo("system:serviceaccount:default:default");
    assertThat(jwt.claims().getAudience()).containsExactly("api://AzureADTokenExchange");
    assertThat(jwt.claims().getExpirationTime().toInstant())
        .isEqualTo(TestWorld.START.plus(Duration.ofMinutes(10)));
    assertThat(jwt.verified(world.keys.published(world.cluster().keys().active()))).isTrue();
  }

  @Test
  void refusesTokensThatWouldLiveTooShortOrBelongToAnotherPod() {
    assertThat(message(requestToken("{'expirationSeconds':599}")))
        .endsWith(
            "spec.expirationSeconds: Invalid value: 599: may not specify a duration less than 10"
                + " minutes");
    assertThat(message(requestToken("{'boundObjectRef':{'kind':'Pod','name':'none'}}")))
        .isEqualTo("404 pods \"none\" not found");
  }

  private Answer requestToken(String spec) {
    return world.ask(
        "POST",
        "/api/v1/namespaces/default/serviceaccounts/default/token",
        "{'spec':" + spec + "}");
  }

  @Test
  void aServiceAccountMayWhatItsBindingsSay() {
    String token = Trees.text(tree(requestToken("{}")), "status", "token");
    String refused = message(world.askAs(token, "GET", "/api/v1/namespaces/default/pods", ""));
    world.ask(
        "POST",
        "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings",
        """
        {'metadata':{'name':'b'},'roleRef':{'kind':'ClusterRole','name':'view'},
         'subjects':[{'kind':'ServiceAccount','name':'default'}]}
        """);

    assertThat(refused)
        .isEqualTo(
            "403 pods is forbidden: User \"system:serviceaccount:default:default\" cannot list"
                + " resource \"pods\" in API group \"\" in the namespace \"default\"");
    assertThat(world.askAs(token, "GET", "/api/v1/namespaces/default/pods", "").status())
        .isEqualTo(200);
    assertThat(world.askAs(token, "GET", "/api/v1/namespaces/default/secrets", "").status())
        .isEqualTo(403);
  }

  @Test
  void azureDecidesForUsersOfEntraWhereItsRbacIsOn() {
    world.with(Authorization.AZURE_RBAC);
    String token = world.entraToken(WHO, ENTRA);
    String refused = message(world.askAs(token, "GET", "/api/v1/namespaces/default/pods", ""));
    world.allowed.add(
        WHO
            + " Microsoft.ContainerService/managedClusters/pods/read "
            + TestWorld.ID
            + "/namespaces/default");

    assertThat(refused)
        .isEqualTo(
            "403 pods is forbidden: User \""
                + WHO
                + "\" cannot list resource \"pods\" in API group \"\" in the namespace"
                + " \"default\": User does not have access to the resource in Azure. Update role"
                + " assignment to allow access.");
    assertThat(world.askAs(token, "GET", "/api/v1/namespaces/default/pods", "").status())
        .isEqualTo(200);
    assertThat(world.askAs(token, "GET", "/api/v1/pods", "").status()).isEqualTo(403);
  }

  @Test
  void aTokenForAnotherAudienceOrAClusterWithoutEntraIsNotAccepted() {
    String wrong = world.entraToken(WHO, "https://management.azure.com");
    String right = world.entraToken(WHO, ENTRA);

    assertThat(world.askAs(right, "GET", "/version", "").status()).isEqualTo(401);
    world.with(Authorization.ENTRA_KUBERNETES_RBAC);
    assertThat(world.askAs(wrong, "GET", "/version", "").status()).isEqualTo(401);
    assertThat(world.askAs(right, "GET", "/version", "").status()).isEqualTo(200);
    world.clock.advance(Duration.ofHours(2));
    assertThat(world.askAs(right, "GET", "/version", "").status()).isEqualTo(401);
  }

  @Test
  void aGrantedAdministratorMayDoAll() {
    world.with(Authorization.ENTRA_KUBERNETES_RBAC);
    world.clusters().grantClusterAdmin(TestWorld.ID, WHO);

    Answer answer =
        world.askAs(world.entraToken(WHO, ENTRA), "GET", "/api/v1/namespaces/default/secrets", "");

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void everyTypeThatIsAnnouncedCanBeListed() {
    for (JsonNode group : Trees.items(world.get("/apis").path("groups"))) {
      String version = Trees.text(group, "preferredVersion", "groupVersion");
      for (JsonNode resource : Trees.items(world.get("/apis/" + version).path("resources"))) {
        if (resource.path("verbs").toString().contains("\"list\"")) {
          String path = "/apis/" + version + "/" + Trees.text(resource, "name");
          assertThat(world.ask("GET", path, "").status()).as(path).isEqualTo(200);
        }
      }
    }
  }
}
