// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.problem.Text;
import dev.latchkey.core.resource.FixedObject;
import dev.latchkey.core.resource.FixedObject.FixedField;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FixedWordingTest {
  private static final FixedField SELECTOR =
      new FixedField("spec.selector.matchLabels.version", Optional.of("1"), Optional.of("2"));

  @Test
  void theKeysThatDifferAreShownAndTheCommandForOnce() {
    assertThat(text(object("Deployment", SELECTOR)))
        .isEqualTo(
            new Text(
                "The chart changes what Kubernetes lets nobody change in the Deployment `orders`.",
                List.of(
                    "field    Deployment/orders spec.selector.matchLabels.version",
                    "cluster  1",
                    "chart    2"),
                "Only a new object can have other values there. The release is not written: what"
                    + " runs goes on. A selector should hold only labels that no version changes.",
                "leave these fields in the chart as they are in the cluster; or, once and where the"
                    + " object may be gone for a moment, kubectl delete deployment orders"
                    + " --namespace orders, then deploy again"));
  }

  @Test
  void severalObjectsAreDeletedByOneCommandAndThePodsOfAStatefulSetStay() {
    var name = new FixedField("spec.serviceName", Optional.of("a"), Optional.of("b"));
    var role = new FixedField("roleRef.name", Optional.of("a"), Optional.of("b"));

    Text text =
        text(
            object("StatefulSet", name),
            new FixedObject("ClusterRoleBinding", Optional.empty(), "all", List.of(role)));

    assertThat(text.what())
        .isEqualTo(
            "The chart changes what Kubernetes lets nobody change in 2 objects, such as the"
                + " StatefulSet `orders`.");
    assertThat(text.next())
        .contains(
            "kubectl delete statefulset orders --namespace orders --cascade=orphan"
                + " && kubectl delete clusterrolebinding all, then");
    assertThat(text.why()).doesNotContain("selector");
  }

  @Test
  void nobodyIsToldToDeleteAClaim() {
    var mode = new FixedField("spec.accessModes[0]", Optional.of("a"), Optional.of("b"));

    assertThat(text(object("PersistentVolumeClaim", mode), object("Deployment", SELECTOR)).next())
        .endsWith("deleting a claim deletes its data")
        .doesNotContain("kubectl");
  }

  @Test
  void manyFieldsAreCounted() {
    var object = new FixedObject("Job", Optional.empty(), "a", Collections.nCopies(8, SELECTOR));

    assertThat(text(object).seen()).hasSize(19).endsWith("more     2 fields");
  }

  private static FixedObject object(String kind, FixedField field) {
    return new FixedObject(kind, Optional.of("orders"), "orders", List.of(field));
  }

  private static Text text(FixedObject... objects) {
    return new StepProblem.FieldsFixed(List.of(objects)).text();
  }
}
