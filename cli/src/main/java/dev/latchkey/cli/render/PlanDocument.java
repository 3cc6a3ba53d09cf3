// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.fleet.RolloutWish.Group;
import dev.latchkey.core.gate.Demand.Squeeze;
import dev.latchkey.core.plan.Access;
import dev.latchkey.core.plan.Access.Bounds;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Quota;
import dev.latchkey.core.plan.Quota.Used;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.rollout.Forecast;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A plan as JSON, described in `docs/output.md`.
public final class PlanDocument {
  private static final JsonMapper JSON = JsonMapper.shared();

  private PlanDocument() {}

  /// The document, with a line break at its end.
  public static String of(Plan plan, Forecast forecast) {
    ObjectNode document = tree(JSON.createObjectNode(), plan);
    cost(document.putObject("forecast"), forecast);
    return text(document);
  }

  /// The same for what a run was about to do.
  public static String of(String run, Plan plan) {
    return text(tree(JSON.createObjectNode().put("run", run), plan));
  }

  private static ObjectNode tree(ObjectNode document, Plan plan) {
    document.put("application", plan.fleet().application());
    summary(document.putObject("summary"), plan);
    document.set("clusters", clusters(plan));
    var waves = WavePlan.of(plan.fleet());
    if (!waves.isEmpty()) {
      rollout(document.putObject("rollout"), waves);
    }
    access(document.putObject("access"), plan.access());
    ArrayNode limits = document.putArray("limits");
    plan.quotas().forEach(quota -> quota(limits.addObject(), quota));
    return document;
  }

  private static void rollout(ObjectNode node, WavePlan plan) {
    node.put(
        "onFailure",
        switch (plan.onFailure()) { // as the file has it
          case STOP -> "stop";
          case CONTINUE -> "continue";
          case ROLL_BACK -> "rollback";
        });
    ArrayNode waves = node.putArray("waves");
    for (Group group : plan.groups()) {
      ObjectNode wave =
          waves
              .addObject()
              .put("name", group.wave().name())
              .put("maxParallel", group.wave().maxParallel())
              .put("maxFailures", WavePlan.budget(group))
              .put("soakSeconds", seconds(group.wave().soak()));
      ArrayNode clusters = wave.putArray("clusters");
      group.clusters().forEach(cluster -> clusters.add(cluster.value()));
    }
  }

  private static String text(ObjectNode document) {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
  }

  private static void cost(ObjectNode node, Forecast forecast) {
    node.put("seconds", seconds(forecast.duration()))
        .put("boundSeconds", seconds(forecast.bound()))
        .put("slowestClusterSeconds", seconds(forecast.path()));
    forecast.squeeze().ifPresent(squeeze -> limit(node.putObject("limit"), squeeze));
    ObjectNode requests = node.putObject("requests");
    forecast.requests().forEach((bucket, count) -> requests.put(bucket.key(), count));
  }

  /// The limit that holds the run up for longest.
  private static void limit(ObjectNode node, Squeeze squeeze) {
    node.put("bucket", squeeze.bucket().key())
        .put("requests", squeeze.requests())
        .put("perSecond", squeeze.perSecond())
        .put("boundSeconds", seconds(squeeze.bound()));
  }

  private static long seconds(Duration duration) {
    return duration.toSeconds();
  }

  /// What is planned on each cluster: with every change, and without what stays as it is.
  public static ArrayNode clusters(Plan plan) {
    ArrayNode clusters = JSON.createArrayNode();
    plan.clusters().forEach(cluster -> cluster(clusters.addObject(), cluster));
    return clusters;
  }

  private static void summary(ObjectNode node, Plan plan) {
    var counts = new PlanTally(plan);
    Tally tally = counts.tally();
    node.put("clusters", plan.clusters().size())
        .put("changing", counts.changing())
        .put("blocked", counts.blocked())
        .put("skipped", counts.skipped().size())
        .put("make", tally.made())
        .put("change", tally.changed())
        .put("delete", tally.deleted());
  }

  private static void cluster(ObjectNode node, ClusterPlan cluster) {
    node.put("name", cluster.target().name().value());
    node.put("id", cluster.target().cluster().text());
    node.put("outcome", outcome(cluster));
    cluster.skipped().ifPresent(reason -> node.put("skipped", reason));
    ArrayNode steps = node.putArray("steps");
    cluster.inOrder().forEach(step -> step(steps.addObject(), cluster, step));
  }

  private static String outcome(ClusterPlan cluster) {
    if (cluster.skipped().isPresent()) {
      return "skipped";
    }
    if (cluster.isBlocked()) {
      return "blocked";
    }
    return cluster.changes().isEmpty() ? "unchanged" : "changing";
  }

  private static void step(ObjectNode node, ClusterPlan cluster, StepPlan step) {
    node.put("step", step.step().key());
    ArrayNode changes = node.putArray("change");
    if (cluster.missing(step.step()).isEmpty()) {
      step.changes().stream()
          .filter(Change::changes)
          .forEach(change -> ChangeTree.write(changes.addObject(), change));
    }
    step.obstacle().ifPresent(problem -> ProblemTree.write(node.putObject("problem"), problem));
    cluster
        .missing(step.step())
        .ifPresent(fact -> node.put("notBegun", fact.words() + " is missing"));
    ArrayNode findings = node.putArray("findings");
    step.findings().forEach(findings::add);
  }

  private static void access(ObjectNode node, Access access) {
    ArrayNode added = node.putArray("newReaders");
    access
        .added()
        .forEach(
            one ->
                secrets(
                    added
                        .addObject()
                        .put("cluster", one.cluster().value())
                        .put("identity", one.identity())
                        .put("vault", one.vault().text()),
                    one.secrets()));
    ArrayNode others = node.putArray("otherReaders");
    access
        .others()
        .forEach(
            other ->
                secrets(
                    others
                        .addObject()
                        .put("principal", other.principal().value())
                        .put("role", other.role())
                        .put("scope", other.scope())
                        .put("assignment", other.assignment())
                        .put("conditional", other.bounds() == Bounds.CONDITION)
                        .put("vault", other.vault().text()),
                    other.secrets()));
  }

  private static void secrets(ObjectNode node, List<SecretName> secrets) {
    ArrayNode names = node.putArray("secrets");
    secrets.forEach(secret -> names.add(secret.value()));
  }

  private static void quota(ObjectNode node, Quota quota) {
    node.put("of", "roleAssignments")
        .put("subscription", quota.subscription())
        .put("limit", Quota.LIMIT)
        .put("added", quota.added())
        .put("standing", standing(quota));
    switch (quota.used()) {
      case Used.Counted counted ->
          node.put("used", counted.assignments())
              .put("after", counted.assignments() + quota.added());
      case Used.Unknown unknown ->
          ProblemTree.write(
              node.putNull("used").putNull("after").putObject("problem"), unknown.reason());
    }
  }

  private static String standing(Quota quota) {
    return switch (quota.standing()) {
      case ROOM -> "room";
      case NEARLY_FULL -> "nearlyFull";
      case EXCEEDED -> "exceeded";
      case UNKNOWN -> "unknown";
    };
  }
}
