// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.Ending;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Listener;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.trust.Proof;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The result of a run as one JSON document, described in `docs/output.md`.
public final class JsonReport implements Listener {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final String run;
  private final Board board = new Board();

  /// A report of the run with this id.
  public JsonReport(String run) {
    this.run = run;
  }

  @Override
  public void hear(Event event) {
    board.hear(event);
  }

  /// The document, with a line break at its end; empty while the run has not ended.
  public Optional<String> document() {
    return board
        .summary()
        .map(
            summary ->
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document(summary)) + "\n");
  }

  private ObjectNode document(Summary summary) {
    ObjectNode document = JSON.createObjectNode();
    document.put("run", run);
    board.plan().ifPresent(plan -> document.put("application", plan.fleet().application()));
    board.begun().ifPresent(begun -> document.put("startedAt", begun.toString()));
    document.put("seconds", seconds(summary.took()));
    board.selected().ifPresent(found -> selection(document.putObject("selection"), found));
    counts(document.putObject("summary"), summary);
    ArrayNode clusters = document.putArray("clusters");
    summary.clusters().forEach(cluster -> cluster(clusters.addObject(), cluster));
    return document;
  }

  private static void selection(ObjectNode node, Event.Selected selected) {
    selected.managed().ifPresent(count -> node.put("managed", count));
    ids(node.putArray("clusters"), selected.clusters());
    ids(node.putArray("new"), selected.added());
    ids(node.putArray("gone"), selected.gone());
    selected.idle().forEach(node.putArray("idle")::add);
  }

  private static void ids(ArrayNode list, List<ResourceId> clusters) {
    clusters.forEach(id -> list.add(id.text()));
  }

  private static void counts(ObjectNode counts, Summary summary) {
    counts.put("clusters", summary.clusters().size());
    counts.put("succeeded", summary.succeeded());
    for (Ending ending : Ending.values()) {
      counts.put(ending.word(), summary.count(ending));
    }
    counts.put("changes", summary.changes());
  }

  private static void cluster(ObjectNode node, ClusterResult cluster) {
    node.put("name", cluster.target().name().value());
    node.put("id", cluster.target().cluster().text());
    node.put("outcome", cluster.ending().word());
    node.put("succeeded", cluster.succeeded());
    ArrayNode steps = node.putArray("steps");
    cluster.steps().forEach((step, result) -> step(steps.addObject(), step, result));
    cluster.rollBack().ifPresent(back -> result(node.putObject("rollBack"), back));
    ArrayNode proofs = node.putArray("proofs");
    cluster.proofs().forEach(proof -> proof(proofs.addObject(), proof));
    ArrayNode problems = node.putArray("problems");
    Trouble.of(cluster)
        .forEach(
            trouble ->
                ProblemTree.write(
                    problems.addObject().put("step", trouble.step().key()), trouble.problem()));
    ArrayNode findings = node.putArray("findings");
    cluster.findings().forEach(findings::add);
  }

  private static void step(ObjectNode node, Step step, ClusterResult.StepResult result) {
    node.put("step", step.key());
    result(node, result);
  }

  private static void result(ObjectNode node, ClusterResult.StepResult result) {
    node.put("outcome", result.outcome().word());
    ArrayNode changes = node.putArray("change");
    result.outcome().changes().forEach(change -> ChangeTree.write(changes.addObject(), change));
    node.put("seconds", seconds(result.took()));
    switch (result.outcome()) {
      case Outcome.Changed changed -> note(node, changed.note());
      case Outcome.Unchanged unchanged -> note(node, unchanged.note());
      case Outcome.NotStarted lost -> note(node, lost.lost().words() + " is missing");
      case Outcome.Withheld withheld -> note(node, withheld.because());
      case Outcome.Skipped skipped -> note(node, skipped.reason());
      case Outcome.Failed _ -> {}
    }
  }

  private static void note(ObjectNode node, String note) {
    if (!note.isEmpty()) {
      node.put("note", note);
    }
  }

  private static void proof(ObjectNode node, Proof proof) {
    node.put("hop", proof.hop().key());
    node.put("about", proof.about());
    node.put("verdict", proof.verdict().word());
    switch (proof.verdict()) {
      case Proof.Verdict.Proven proven -> node.put("detail", proven.detail());
      case Proof.Verdict.Refuted refuted -> node.put("reason", refuted.problem().code());
      case Proof.Verdict.NotProven nothing -> node.put("reason", nothing.reason());
    }
  }

  private static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3);
  }
}
