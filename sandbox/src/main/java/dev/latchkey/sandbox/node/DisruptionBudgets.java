// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.kubernetes.KubernetesCluster;
import dev.latchkey.sandbox.kubernetes.Selectors;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The controller of PodDisruptionBudgets: how many pods may be missing at this moment.
final class DisruptionBudgets {
  private final KubernetesCluster cluster;

  DisruptionBudgets(KubernetesCluster cluster) {
    this.cluster = cluster;
  }

  void reconcile(String namespace) {
    for (ObjectNode budget : cluster.store().list(Kinds.DISRUPTION_BUDGET, namespace)) {
      cluster
          .resources()
          .change(
              Kinds.DISRUPTION_BUDGET,
              namespace,
              Trees.text(budget, "metadata", "name"),
              this::report);
    }
  }

  private void report(ObjectNode budget) {
    JsonNode spec = budget.path("spec");
    List<ObjectNode> pods =
        cluster.store().list(Kinds.POD, Trees.text(budget, "metadata", "namespace")).stream()
            .filter(Selectors.of(spec.path("selector")))
            .filter(Owners::isActive)
            .toList();
    long healthy = pods.stream().filter(pod -> Conditions.isTrue(pod, "Ready")).count();
    long least =
        spec.has("minAvailable")
            ? share(spec.path("minAvailable"), pods.size())
            : Math.max(0, pods.size() - share(spec.path("maxUnavailable"), pods.size()));
    Trees.child(budget, "status")
        .put("observedGeneration", Trees.number(budget, 1, "metadata", "generation"))
        .put("expectedPods", pods.size())
        .put("currentHealthy", healthy)
        .put("desiredHealthy", least)
        .put("disruptionsAllowed", Math.max(0, healthy - least));
  }

  private static long share(JsonNode value, int of) {
    String text = value.isValueNode() ? value.asString() : "0";
    return text.endsWith("%")
        ? (long) Math.ceil(of * Double.parseDouble(text.substring(0, text.length() - 1)) / 100)
        : Long.parseLong(text);
  }
}
