// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.resource.FixedObject.FixedField;
import dev.latchkey.kubernetes.manifest.Manifest.Item;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedFieldsTest {
  private static final String APP = "app: a";

  @Test
  void aLabelOfASelectorIsNamedWithBothValues() {
    assertThat(
            changed(
                selector("app: a, version: '1'"),
                selector("app: a, version: '2'"),
                selector("app: a, version: '1'")))
        .containsExactly(field("spec.selector.matchLabels.version", "1", "2"));
  }

  @Test
  void aLabelMoreIsAnotherSelector() {
    assertThat(changed(selector(APP), selector("app: a, version: '2'"), selector(APP)))
        .containsExactly(
            new FixedField(
                "spec.selector.matchLabels.version", Optional.empty(), Optional.of("2")));
  }

  @Test
  void aLabelLessIsAnotherSelectorIfTheReleaseHadSetIt() {
    String both = selector("app: a, version: '1'");

    assertThat(changed(both, selector(APP), both))
        .containsExactly(
            new FixedField(
                "spec.selector.matchLabels.version", Optional.of("1"), Optional.empty()));
    assertThat(changed(selector(APP), selector(APP), both)).isEmpty();
  }

  @Test
  void anObjectThatWasMadeAnewIsAsWanted() {
    String wanted = selector("app: a, version: '2'");

    assertThat(FixedFields.mayChange(item(selector("app: a, version: '1'")), item(wanted)))
        .isTrue();
    assertThat(changed(selector("app: a, version: '1'"), wanted, wanted)).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1} → {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "apps/v1 StatefulSet | spec: { serviceName: a } | spec: { serviceName: b } | spec.serviceName",
        "apps/v1 StatefulSet | spec: { podManagementPolicy: OrderedReady } | spec: { podManagementPolicy: Parallel } | spec.podManagementPolicy",
        "apps/v1 StatefulSet | spec: { volumeClaimTemplates: [ { spec: { resources: { requests: { storage: 1Gi } } } } ] } | spec: { volumeClaimTemplates: [ { spec: { resources: { requests: { storage: 2Gi } } } } ] } | spec.volumeClaimTemplates[0].spec.resources.requests.storage",
        "apps/v1 DaemonSet | spec: { selector: { matchLabels: { a: b } } } | spec: { selector: { matchLabels: { a: c } } } | spec.selector.matchLabels.a",
        "batch/v1 Job | spec: { template: { spec: { containers: [ { name: a, image: a:1 } ] } } } | spec: { template: { spec: { containers: [ { name: a, image: a:2 } ] } } } | spec.template.spec.containers[a].image",
        "rbac.authorization.k8s.io/v1 RoleBinding | roleRef: { kind: Role, name: a } | roleRef: { kind: Role, name: b } | roleRef.name",
        "rbac.authorization.k8s.io/v1 ClusterRoleBinding | roleRef: { name: a } | roleRef: { name: b } | roleRef.name",
        "v1 PersistentVolumeClaim | spec: { storageClassName: a } | spec: { storageClassName: b } | spec.storageClassName",
        "v1 PersistentVolumeClaim | spec: { accessModes: [ ReadWriteOnce ] } | spec: { accessModes: [ ReadWriteMany ] } | spec.accessModes[0]",
        "v1 ConfigMap | { immutable: true, data: { a: b } } | { immutable: true, data: { a: c } } | data.a",
        "v1 Secret | type: Opaque | type: kubernetes.io/tls | type",
        "v1 Service | spec: { clusterIP: 10.0.0.1 } | spec: { clusterIP: None } | spec.clusterIP"
      })
  void nobodyMayChangeTheseFields(String kind, String before, String wanted, String path) {
    Item there = item(kind, before);

    assertThat(FixedFields.changed(there, item(kind, wanted), there))
        .extracting(FixedField::path)
        .containsExactly(path);
  }

  @ParameterizedTest(name = "{0}: {1} → {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "apps/v1 Deployment | spec: { replicas: 1 } | spec: { replicas: 2 }",
        "apps/v1 Deployment | spec: { template: { metadata: { labels: { a: b } } } } | spec: { template: { metadata: { labels: { a: c } } } }",
        "apps/v1 StatefulSet | spec: { serviceName: a } | spec: { serviceName: '' }",
        "other/v1 Job | spec: { template: { a: b } } | spec: { template: { a: c } }",
        "batch/v1 Job | spec: { suspend: true, template: { a: b } } | spec: { template: { a: c } }",
        "rbac.authorization.k8s.io/v1 RoleBinding | { roleRef: { name: a }, subjects: [] } | { roleRef: { name: a }, subjects: [ { name: b } ] }",
        "policy/v1 PodDisruptionBudget | spec: { minAvailable: 1 } | spec: { minAvailable: 2 }",
        "v1 PersistentVolumeClaim | spec: { resources: { requests: { storage: 1Gi } } } | spec: { resources: { requests: { storage: 2Gi } } }",
        "v1 ConfigMap | data: { a: b } | data: { a: c }",
        "v1 ConfigMap | data: { a: b } | { immutable: true, data: { a: c } }",
        "v1 Service | spec: { clusterIP: 10.0.0.1 } | spec: { clusterIP: '' }",
        "v1 Service | spec: { clusterIP: 10.0.0.1 } | spec: { type: ExternalName, clusterIP: None }"
      })
  void everythingElseMayChange(String kind, String before, String wanted) {
    Item there = item(kind, before);

    assertThat(FixedFields.mayChange(there, item(kind, wanted))).isFalse();
    assertThat(FixedFields.changed(there, item(kind, wanted), there)).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "batch/v1 Job | spec: { template: { spec: { containers: [ { name: a, image: a:1 } ] } } } | spec: { selector: { matchLabels: { controller-uid: u } }, completionMode: NonIndexed, template: { metadata: { labels: { controller-uid: u } }, spec: { dnsPolicy: ClusterFirst, containers: [ { name: a, image: a:1, imagePullPolicy: Always } ] } } }",
        "v1 PersistentVolumeClaim | spec: { accessModes: [ ReadWriteOnce ] } | spec: { accessModes: [ ReadWriteOnce ], storageClassName: default, volumeMode: Filesystem, volumeName: pv }",
        "apps/v1 StatefulSet | spec: { volumeClaimTemplates: [ { metadata: { name: d }, spec: { accessModes: [ ReadWriteOnce ], resources: { requests: { storage: 1024Mi } } } } ] } | spec: { podManagementPolicy: OrderedReady, volumeClaimTemplates: [ { kind: PersistentVolumeClaim, metadata: { name: d, creationTimestamp: null }, spec: { accessModes: [ ReadWriteOnce ], resources: { requests: { storage: 1Gi } }, volumeMode: Filesystem }, status: { phase: Pending } } ] }",
        "rbac.authorization.k8s.io/v1 RoleBinding | roleRef: { kind: Role, name: a, apiGroup: '' } | roleRef: { kind: Role, name: a, apiGroup: rbac.authorization.k8s.io }",
        "v1 Service | spec: { ports: [ { port: 80 } ] } | spec: { clusterIP: 10.0.0.1, ports: [ { port: 80, protocol: TCP } ] }"
      })
  void whatTheServerFillsInIsNoChange(String kind, String wanted, String live) {
    assertThat(FixedFields.changed(item(kind, wanted), item(kind, wanted), item(kind, live)))
        .isEmpty();
    assertThat(FixedFields.changed(item(kind, "spec: {}"), item(kind, wanted), item(kind, live)))
        .isEmpty();
  }

  @Test
  void theDataOfASealedSecretAreNotShown() {
    String before = "{ immutable: true, data: { a: b25l } }";

    List<FixedField> fields =
        FixedFields.changed(
            item("v1 Secret", before),
            item("v1 Secret", "{ immutable: true, stringData: { a: two } }"),
            item("v1 Secret", before));

    assertThat(fields).containsExactly(field("data.a", "(hidden)", "(hidden)"));
  }

  private static FixedField field(String path, String live, String wanted) {
    return new FixedField(path, Optional.of(live), Optional.of(wanted));
  }

  private static String selector(String labels) {
    return "spec: { selector: { matchLabels: { " + labels + " } } }";
  }

  private static List<FixedField> changed(String before, String wanted, String live) {
    return FixedFields.changed(item(before), item(wanted), item(live));
  }

  private static Item item(String spec) {
    return item("apps/v1 Deployment", spec);
  }

  private static Item item(String kind, String rest) {
    String[] parts = kind.split(" ", -1);
    String body = rest.startsWith("{") ? rest.substring(1, rest.lastIndexOf('}')) : rest;
    String yaml =
        "{ apiVersion: %s, kind: %s, metadata: { name: a }, %s }"
            .formatted(parts[0], parts[1], body);
    return Manifest.parse(yaml).objects().getFirst();
  }
}
