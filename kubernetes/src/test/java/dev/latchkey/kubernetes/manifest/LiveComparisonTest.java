// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.resource.LiveDrift.FieldDrift;
import dev.latchkey.core.resource.LiveDrift.Upgrade;
import dev.latchkey.kubernetes.manifest.Manifest.Item;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveComparisonTest {
  @Test
  void whatTheManifestDoesNotSetMayBeAnything() {
    assertThat(
            between(
                "{ kind: Deployment, metadata: { name: a, labels: { x: y } }, spec: { replicas: 2 } }",
                """
                kind: Deployment
                metadata: { name: a, uid: '1', labels: { x: y, added: z }, annotations: { revision: '3' } }
                spec: { replicas: 2, revisionHistoryLimit: 10 }
                status: { replicas: 2 }
                """))
        .isEmpty();
  }

  @Test
  void aFieldIsNamedByItsPathWithBothValues() {
    assertThat(
            between(
                "{ kind: Deployment, spec: { replicas: 2 } }",
                "{ kind: Deployment, spec: { replicas: 5 } }"))
        .containsExactly(new FieldDrift("spec.replicas", Optional.of("5"), "2"));
  }

  @Test
  void aFieldThatWasTakenAwayHasNoValue() {
    assertThat(
            between(
                "{ kind: Service, metadata: { annotations: { a.b/c: d } }, spec: { type: NodePort } }",
                "{ kind: Service, metadata: { name: a }, spec: {} }"))
        .containsExactly(
            new FieldDrift("metadata.annotations", Optional.empty(), "{\"a.b/c\":\"d\"}"),
            new FieldDrift("spec.type", Optional.empty(), "NodePort"));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "replicas: null            | other: 1",
        "tolerations: []           | other: 1",
        "securityContext: {}       | other: 1",
        "securityContext: { a: 0 } | other: 1",
        "hostNetwork: false        | other: 1",
        "priorityClassName: ''     | other: 1",
        "minReadySeconds: 0        | other: 1",
        "clusterIP: ''             | clusterIP: 10.0.0.1",
        "nodePort: 0               | nodePort: 31000",
        "timeoutSeconds: 0         | timeoutSeconds: 1",
        "targetPort: '80'          | targetPort: 80",
        "weight: 1.0               | weight: 1",
        "limits: { cpu: 1000m }    | limits: { cpu: '1' }",
        "limits: { cpu: 0.5 }      | limits: { cpu: 500m }",
        "requests: { memory: 1024Mi } | requests: { memory: 1Gi }",
        "sizeLimit: 1024Mi         | sizeLimit: 1Gi",
        "defaultMode: 0400         | defaultMode: 256",
        "readOnly: yes             | readOnly: true",
        "readOnly: no              | other: 1",
        "nodeSelector: ~           | other: 1",
        "nodeSelector:             | other: 1",
        "caBundle: Cg==            | caBundle: injected",
        "env: [ { name: A, value: '' } ] | env: [ { name: A } ]"
      })
  void oneSettingMayBeWrittenInSeveralWays(String wanted, String live) {
    assertThat(ofSpec(wanted, live)).isEmpty();
  }

  @ParameterizedTest(name = "{0} is not {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "replicas: 0               | replicas: 3",
        "defaultMode: 0400         | defaultMode: 420",
        "readOnly: yes             | readOnly: false",
        "hostNetwork: false        | hostNetwork: true",
        "limits: { cpu: 1000m }    | limits: { cpu: '2' }",
        "path: 1000m               | path: '1'",
        "args: [a, b]              | args: [b, a]",
        "args: [a, b]              | args: [a]",
        "verbs: [get]              | verbs: [get, delete]",
        "groups: ['']              | groups: [apps]",
        "selector: { app: '' }     | selector: { app: x }",
        "env: [ { name: A, value: '' } ] | env: [ { name: A, value: x } ]",
        "template: { a: b }        | template: text"
      })
  void anotherSettingIsSeen(String wanted, String live) {
    assertThat(ofSpec(wanted, live)).isNotEmpty();
  }

  @Test
  void entriesWithNamesAreFoundInAnyOrderAmongOthers() {
    assertThat(
            ofSpec(
                "containers: [ { name: app, image: 'a:1', env: [ { name: X, value: '1' } ] } ]",
                """
                containers:
                - { name: proxy, image: 'p:1' }
                - name: app
                  image: 'a:2'
                  env: [ { name: ADDED, value: z }, { name: X, value: '1' } ]
                  volumeMounts: [ { name: token, mountPath: /token } ]
                """))
        .containsExactly(new FieldDrift("spec.containers[app].image", Optional.of("a:2"), "a:1"));
  }

  @Test
  void portsAreToldApartByNumberAndProtocol() {
    String wanted = "ports: [ { port: 53, targetPort: 5353 }, { port: 53, protocol: UDP } ]";

    assertThat(
            ofSpec(
                wanted,
                """
                ports:
                - { port: 53, protocol: UDP, targetPort: 53 }
                - { port: 53, protocol: TCP, targetPort: 5353, nodePort: 30053 }
                """))
        .isEmpty();
    assertThat(ofSpec(wanted, "ports: [ { port: 53, protocol: TCP, targetPort: 5353 } ]"))
        .extracting(FieldDrift::path)
        .containsExactly("spec.ports[53/UDP]");
  }

  @Test
  void entriesWithoutNamesAreComparedOneByOne() {
    assertThat(
            ofSpec(
                "rules: [ { host: a, http: { path: / } } ]",
                "rules: [ { host: b, http: { path: /, type: Prefix } } ]"))
        .containsExactly(new FieldDrift("spec.rules[0].host", Optional.of("b"), "a"));
  }

  @Test
  void ofAFileTheFirstLineThatDiffersIsTold() {
    assertThat(
            between(
                "{ kind: ConfigMap, data: { a.conf: \"x = 1\\ny = 2\\n\" } }",
                "{ kind: ConfigMap, data: { a.conf: \"x = 1\\ny = 3\\n\" } }"))
        .containsExactly(new FieldDrift("data.a.conf, line 2", Optional.of("y = 3"), "y = 2"));
  }

  @Test
  void aPasswordInAFileIsHidden() {
    assertThat(
            between(
                "{ kind: ConfigMap, data: { a.conf: \"x = 1\\ndb.password = hunter2\\n\" } }",
                "{ kind: ConfigMap, data: { a.conf: \"x = 1\\ndb.password = hunter3\\n\" } }"))
        .containsExactly(
            new FieldDrift(
                "data.a.conf, line 2",
                Optional.of("db.password = (hidden)"),
                "db.password = (hidden)"));
  }

  @Test
  void secretsAreComparedAndNeverShown() {
    String wanted =
        "{ kind: Secret, stringData: { api: hunter2 }, data: { pin: \"NDcx\\nMQ==\", old: eA== } }";

    assertThat(
            between(
                wanted, "{ kind: Secret, data: { api: aHVudGVyMg==, pin: NDcxMQ==, old: eA== } }"))
        .isEmpty();
    assertThat(between(wanted, "{ kind: Secret, data: { api: aHVudGVyMw==, pin: NDcxMQ== } }"))
        .containsExactly(
            new FieldDrift("data.api", Optional.of("(hidden)"), "(hidden)"),
            new FieldDrift("data.old", Optional.empty(), "(hidden)"));
  }

  @Test
  void passwordsElsewhereAreHiddenToo() {
    assertThat(
            ofSpec(
                "env: [ { name: DB_PASSWORD, value: hunter2 } ]",
                "env: [ { name: DB_PASSWORD, value: hunter3 } ]"))
        .containsExactly(
            new FieldDrift("spec.env[DB_PASSWORD].value", Optional.of("(hidden)"), "(hidden)"));
  }

  @Test
  void aVolumeThatHasGrownIsNoDifference() {
    String claim =
        "{ kind: PersistentVolumeClaim, spec: { resources: { requests: { storage: %s } } } }";

    assertThat(between(claim.formatted("10Gi"), claim.formatted("20Gi"))).isEmpty();
    assertThat(between(claim.formatted("20Gi"), claim.formatted("10Gi"))).hasSize(1);
  }

  @Test
  void autoscalersOfBothKindsAreFoundByWhatTheyScale() {
    var scaled =
        Autoscaled.by(
            Manifest.parse(
                    """
                    kind: HorizontalPodAutoscaler
                    spec: { scaleTargetRef: { kind: StatefulSet, name: a } }
                    ---
                    kind: ScaledObject
                    spec: { scaleTargetRef: { name: b } }
                    """)
                .objects());

    assertThat(scaled.titles()).containsExactlyInAnyOrder("StatefulSet/a", "Deployment/b");
    assertThat(scaled.holds(item("{ kind: Deployment, metadata: { name: b } }"))).isTrue();
    assertThat(scaled.holds(item("{ kind: Deployment, metadata: { name: a } }"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "v1, SETS_BACK",
    "apps/v1, SETS_BACK",
    "networking.k8s.io/v1, SETS_BACK",
    "apiextensions.k8s.io/v1, SETS_BACK",
    "keda.sh/v1alpha1, LEAVES",
    "gateway.networking.k8s.io/v1, LEAVES"
  })
  void anUpgradeLeavesTheFieldsOfCustomResources(String apiVersion, Upgrade expected) {
    assertThat(UpgradeRule.of(item("{ kind: Any, apiVersion: %s }".formatted(apiVersion))))
        .isEqualTo(expected);
  }

  private static List<FieldDrift> ofSpec(String wanted, String live) {
    return between(spec(wanted), spec(live));
  }

  private static String spec(String yaml) {
    return "kind: Any\nspec:\n" + yaml.indent(2);
  }

  private static List<FieldDrift> between(String wanted, String live) {
    return LiveComparison.between(item(wanted), item(live));
  }

  private static Item item(String yaml) {
    return Manifest.parse(yaml).objects().getFirst();
  }
}
