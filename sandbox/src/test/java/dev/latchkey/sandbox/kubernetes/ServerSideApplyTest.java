// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.schema.Trees;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who owns which field, and what becomes of an applied configuration.
class ServerSideApplyTest {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

  private final TestWorld world = new TestWorld();

  @Test
  void createsWhatIsNotThereAndOwnsWhatItSays() {
    Answer answer = apply(MAPS + "/c", "ci", "data: {a: '1'}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(owners(MAPS + "/c")).containsExactly("ci Apply v1 {'f:data':{'f:a':{}}}");
  }

  @Test
  void aSecondApplyOfTheSameMakesNoVersion() {
    apply(MAPS + "/c", "ci", "data: {a: '1'}");
    JsonNode before = world.get(MAPS + "/c");

    Answer answer = apply(MAPS + "/c", "ci", "data: {a: '1'}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(world.get(MAPS + "/c")).isEqualTo(before);
  }

  @Test
  void whoeverCreatesOwnsTheDefaultsToo() {
    world.ask("POST", DEPLOYMENTS + "?fieldManager=kubectl-create", deployment(2));

    String fields =
        "{'f:progressDeadlineSeconds':{},'f:replicas':{},'f:revisionHistoryLimit':{},"
            + "'f:selector':{},'f:strategy':{'f:rollingUpdate':{'.':{},'f:maxSurge':{},"
            + "'f:maxUnavailable':{}},'f:type':{}},'f:template':{'f:metadata':{'f:labels':"
            + "{'.':{},'f:app':{}}},'f:spec':{'f:containers':{'k:{\\'name\\':\\'app\\'}':"
            + "{'.':{},'f:image':{},'f:imagePullPolicy':{},'f:name':{},'f:ports':{'.':{},"
            + "'k:{\\'containerPort\\':80,\\'protocol\\':\\'TCP\\'}':{'.':{},"
            + "'f:containerPort':{},'f:protocol':{}}},'f:resources':{},"
            + "'f:terminationMessagePath':{},'f:terminationMessagePolicy':{}}},'f:dnsPolicy':{},"
            + "'f:restartPolicy':{},'f:schedulerName':{},'f:securityContext':{},"
            + "'f:terminationGracePeriodSeconds':{}}}}";
    assertThat(owners(DEPLOYMENTS + "/app"))
        .containsExactly("kubectl-create Update apps/v1 {'f:spec':" + fields + "}");
  }

  @Test
  void refusesToTakeWhatAnotherOwnsAndNamesIt() {
    world.ask("POST", DEPLOYMENTS + "?fieldManager=kubectl-create", deployment(2));

    Answer answer = apply(DEPLOYMENTS + "/app", "ci", "spec: {replicas: 3}");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(body(answer))
        .isEqualTo(
            Trees.read(
                """
                {'kind':'Status','apiVersion':'v1','metadata':{},'status':'Failure',
                'message':'Apply failed with 1 conflict: conflict with \\'kubectl-create\\' using apps/v1: .spec.replicas',
                'reason':'Conflict','code':409,
                'details':{'causes':[{'reason':'FieldManagerConflict',
                'message':'conflict with \\'kubectl-create\\' using apps/v1','field':'.spec.replicas'}]}}
                """));
  }

  @Test
  void listsSeveralConflictsByTheirOwners() {
    apply(MAPS + "/c", "one", "data: {a: '1', b: '1'}");
    apply(MAPS + "/c", "two", "data: {z: '1'}");

    Answer answer = apply(MAPS + "/c", "ci", "data: {a: '2', b: '2', z: '2'}");

    assertThat(Trees.text(body(answer), "message"))
        .isEqualTo(
            """
            Apply failed with 3 conflicts: conflicts with "one":
            - .data.a
            - .data.b
            conflicts with "two":
            - .data.z""");
  }

  @Test
  void takesItWithForce() {
    world.ask("POST", DEPLOYMENTS + "?fieldManager=kubectl-create", deployment(2));

    Answer answer = apply(DEPLOYMENTS + "/app?force=true", "ci", "spec: {replicas: 3}");

    assertThat(answer.status()).isEqualTo(200);
    JsonNode after = world.get(DEPLOYMENTS + "/app");
    assertThat(Trees.number(after, 0, "spec", "replicas")).isEqualTo(3);
    assertThat(owners(DEPLOYMENTS + "/app").getFirst())
        .isEqualTo("ci Apply apps/v1 {'f:spec':{'f:replicas':{}}}");
    assertThat(owners(DEPLOYMENTS + "/app").getLast()).doesNotContain("f:replicas");
  }

  @Test
  void sharesAFieldThatTwoApplyWithTheSameValue() {
    apply(MAPS + "/c", "one", "data: {a: '1'}");

    Answer answer = apply(MAPS + "/c", "two", "data: {a: '1'}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(owners(MAPS + "/c"))
        .containsExactly(
            "one Apply v1 {'f:data':{'f:a':{}}}", "two Apply v1 {'f:data':{'f:a':{}}}");
  }

  @Test
  void takesOutWhatIsNoLongerAppliedUnlessAnotherOwnsIt() {
    apply(MAPS + "/c", "one", "data: {a: '1', b: '1', c: '1'}");
    apply(MAPS + "/c", "two", "data: {b: '1'}");

    apply(MAPS + "/c", "one", "data: {a: '1'}");

    assertThat(world.get(MAPS + "/c").path("data")).isEqualTo(Trees.read("{'a':'1','b':'1'}"));
  }

  @Test
  void mergesContainersAndPortsByTheirKeys() {
    world.ask("POST", DEPLOYMENTS + "?fieldManager=kubectl-create", deployment(2));

    apply(
        DEPLOYMENTS + "/app",
        "ci",
        "spec: {template: {spec: {containers: [{name: side, image: 'side:1'},"
            + " {name: app, ports: [{containerPort: 81}]}]}}}");

    JsonNode containers =
        Trees.at(world.get(DEPLOYMENTS + "/app"), "spec", "template", "spec", "containers");
    assertThat(Trees.items(containers))
        .extracting(each -> Trees.text(each, "name"))
        .containsExactly("side", "app");
    assertThat(Trees.items(containers.path(1).path("ports")))
        .extracting(each -> Trees.number(each, 0, "containerPort"))
        .containsExactly(80L, 81L);
  }

  @Test
  void removesAContainerThatIsNoLongerApplied() {
    apply(
        DEPLOYMENTS + "/app",
        "ci",
        "spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec:"
            + " {containers: [{name: app, image: 'app:1'}, {name: side, image: 'side:1'}]}}}");

    apply(
        DEPLOYMENTS + "/app",
        "ci",
        "spec: {selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec:"
            + " {containers: [{name: app, image: 'app:1'}]}}}");

    JsonNode containers =
        Trees.at(world.get(DEPLOYMENTS + "/app"), "spec", "template", "spec", "containers");
    assertThat(Trees.items(containers))
        .extracting(each -> Trees.text(each, "name"))
        .containsExactly("app");
  }

  @Test
  void anUpdateTakesFieldsFromWhoeverAppliedThem() {
    apply(MAPS + "/c", "ci", "data: {a: '1', b: '1'}");

    world.ask("PATCH", MAPS + "/c?fieldManager=kubectl-edit", "{'data':{'a':'2'}}");

    assertThat(owners(MAPS + "/c"))
        .containsExactly(
            "ci Apply v1 {'f:data':{'f:b':{}}}", "kubectl-edit Update v1 {'f:data':{'f:a':{}}}");
  }

  @Test
  void theStatusIsOwnedApart() {
    world.ask("POST", DEPLOYMENTS + "?fieldManager=kubectl-create", deployment(2));

    world.ask(
        "PATCH",
        DEPLOYMENTS + "/app/status?fieldManager=watcher",
        "{'spec':{'replicas':9},'status':{'replicas':2}}");

    JsonNode entry = Trees.at(world.get(DEPLOYMENTS + "/app"), "metadata", "managedFields").path(1);
    assertThat(Trees.text(entry, "subresource")).isEqualTo("status");
    assertThat(entry.path("fieldsV1")).isEqualTo(Trees.read("{'f:status':{'f:replicas':{}}}"));
  }

  @Test
  void whatWasThereBeforeAnybodyAppliedBelongsToAll() {
    world.ask("POST", MAPS, "{'metadata':{'name':'c'},'data':{'a':'1','b':'1'}}");
    world.ask("PATCH", MAPS + "/c", "{'metadata':{'managedFields':[{}]}}");

    Answer answer = apply(MAPS + "/c", "ci", "data: {a: '2'}");

    assertThat(Trees.text(body(answer), "message"))
        .isEqualTo(
            "Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.a");
  }

  @Test
  void whatKubectlAppliedTheOtherWayIsNotInItsWay() {
    String last =
        "{\\'apiVersion\\':\\'v1\\',\\'kind\\':\\'ConfigMap\\',\\'metadata\\':{\\'name\\':\\'c\\'},"
            + "\\'data\\':{\\'a\\':\\'1\\'}}";
    world.ask(
        "POST",
        MAPS + "?fieldManager=kubectl-client-side-apply",
        "{'metadata':{'name':'c','annotations':{'kubectl.kubernetes.io/last-applied-configuration':'"
            + last
            + "'}},'data':{'a':'1'}}");

    assertThat(apply(MAPS + "/c", "kubectl", "data: {a: '2'}").status()).isEqualTo(200);
    assertThat(apply(MAPS + "/c", "ci", "data: {a: '3'}").status()).isEqualTo(409);
  }

  @Test
  void refusesConfigurationsInKubernetesWords() {
    List<String> answers =
        List.of(
            message(world.patch("application/apply-patch+yaml", MAPS + "/c", "data: {a: b}")),
            message(apply(MAPS + "/c", "ci", "dta: {a: b}")),
            message(apply(MAPS + "/c", "ci", "metadata: {managedFields: []}")),
            message(apply(MAPS + "/c", "ci", "kind: Secret")),
            message(world.ask("PATCH", MAPS + "/c?force=true", "{}")));

    assertThat(answers)
        .containsExactly(
            "422 PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required"
                + " for apply patch",
            "500 failed to create typed patch object (default/c; v1, Kind=ConfigMap): .dta: field not"
                + " declared in schema",
            "400 metadata.managedFields must be nil",
            "400 the object provided is of , Kind=Secret, but v1, Kind=ConfigMap was expected",
            "422 PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for"
                + " non-apply patch");
  }

  @Test
  void controllersOwnWhatTheyWrite() {
    assertThat(owners("/api/v1/namespaces/default/serviceaccounts/default")).isEmpty();
    assertThat(owners("/api/v1/namespaces/default/configmaps/kube-root-ca.crt"))
        .containsExactly("kube-controller-manager Update v1 {'f:data':{'.':{},'f:ca.crt':{}}}");
  }

  private Answer apply(String path, String manager, String config) {
    return world.patch(
        "application/apply-patch+yaml",
        path + (path.contains("?") ? "&" : "?") + "fieldManager=" + manager,
        config);
  }

  private static String message(Answer answer) {
    return answer.status() + " " + Trees.text(body(answer), "message");
  }

  private static JsonNode body(Answer answer) {
    return ((Answer.Body.Json) answer.body()).tree();
  }

  private static String deployment(int replicas) {
    return "{'metadata':{'name':'app'},'spec':{'replicas':"
        + replicas
        + ",'selector':{'matchLabels':{'app':'a'}},'template':{'metadata':{'labels':{'app':'a'}},"
        + "'spec':{'containers':[{'name':'app','image':'app:1','ports':[{'containerPort':80}]}]}}}}";
  }

  /// Each owner in one line, single quotes for double ones.
  private List<String> owners(String path) {
    return Trees.items(Trees.at(world.get(path), "metadata", "managedFields")).stream()
        .map(
            each ->
                Trees.text(each, "manager")
                    + " "
                    + Trees.text(each, "operation")
                    + " "
                    + Trees.text(each, "apiVersion")
                    + " "
                    + JsonMapper.shared()
                        .writeValueAsString(each.path("fieldsV1"))
                        .replace('"', '\''))
        .collect(Collectors.toList());
  }
}
