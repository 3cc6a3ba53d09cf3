// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.StepPlan;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a run is about to do, as one JSON document, described in `docs/output.md`.
public final class PlanReport {
  private static final JsonMapper JSON = JsonMapper.shared();

  private PlanReport() {}

  /// The document, with a line break at its end.
  public static String of(String run, Plan plan) {
    ObjectNode document = JSON.createObjectNode();
    document.put("run", run).put("application", plan.fleet().application());
    ArrayNode clusters = document.putArray("clusters");
    plan.clusters().forEach(cluster -> cluster(clusters.addObject(), cluster));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
  }

  private static void cluster(ObjectNode node, ClusterPlan cluster) {
    node.put("name", cluster.target().name().value());
    node.put("id", cluster.target().cluster().text());
    cluster.skipped().ifPresent(reason -> node.put("skipped", reason));
    ArrayNode steps = node.putArray("steps");
    for (Step step : Step.values()) {
      cluster.step(step).ifPresent(plan -> step(steps.addObject(), plan));
    }
  }

  private static void step(ObjectNode node, StepPlan plan) {
    node.put("step", plan.step().key());
    ArrayNode changes = node.putArray("change");
    plan.changes().stream()
        .filter(Change::changes)
        .forEach(change -> ChangeTree.write(changes.addObject(), change));
    plan.obstacle()
        .ifPresent(
            problem ->
                node.putObject("obstacle")
                    .put("code", problem.code())
                    .put("what", problem.text().what()));
    ArrayNode findings = node.putArray("findings");
    plan.findings().forEach(findings::add);
  }
}
