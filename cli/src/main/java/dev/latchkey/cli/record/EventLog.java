// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.record;

import dev.latchkey.core.event.ClusterResult.Ending;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Listener;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.trust.Proof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// All events of a run, one JSON object a line, in the order in which they happened; described in
/// `docs/output.md`.
///
/// Each line is flushed, so that a run which is killed leaves all that it told. Chart values and
/// tokens are not part of any line.
public final class EventLog implements Listener {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Writer out;

  /// A log into a file that the caller opens and closes.
  public EventLog(Writer out) {
    this.out = out;
  }

  @Override
  public void hear(Event event) {
    write(line(event));
  }

  /// The last line of a run that was refused before it began anything.
  public void refused(Instant at, Problem problem) {
    write(
        problem(JSON.createObjectNode().put("at", at.toString()).put("event", "refused"), problem));
  }

  private void write(ObjectNode line) {
    try {
      out.write(JSON.writeValueAsString(line) + "\n");
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode line(Event event) {
    return switch (event) {
      case Event.SignedIn who ->
          head(event, "signedIn")
              .put("principal", who.principal())
              .put("tenant", who.tenant())
              .put("source", who.source());
      case Event.Selected selected -> selected(head(event, "selected"), selected);
      case Event.Planned planned -> planned(head(event, "planned"), planned);
      case Event.StepStarted started ->
          head(event, "stepStarted", started.cluster(), started.step());
      case Event.Waiting waiting ->
          head(event, "waiting", waiting.cluster(), waiting.step())
              .put("lag", waiting.lag().key())
              .put("words", waiting.lag().words())
              .put("usualSeconds", seconds(waiting.usual()))
              .put("boundSeconds", seconds(waiting.bound()));
      case Event.Waited waited ->
          head(event, "waited", waited.cluster(), waited.step())
              .put("lag", waited.lag().key())
              .put("seconds", seconds(waited.took()))
              .put("end", waited.end().word());
      case Event.Progress progress ->
          head(event, "progress", progress.cluster(), progress.step())
              .put("words", progress.words());
      case Event.Changed changed ->
          change(head(event, "changed", changed.cluster(), changed.step()), changed.change());
      case Event.Found found ->
          head(event, "found", found.cluster(), found.step()).put("words", found.words());
      case Event.Proved proved ->
          proof(head(event, "proved", proved.cluster(), Step.VERIFICATION), proved.proof());
      case Event.StepEnded ended ->
          outcome(head(event, "stepEnded", ended.cluster(), ended.step()), ended.outcome())
              .put("seconds", seconds(ended.took()));
      case Event.WaveStarted started ->
          head(event, "waveStarted")
              .put("wave", started.wave())
              .put("number", started.number())
              .put("waves", started.waves())
              .put("clusters", started.clusters());
      case Event.Soaking soaking ->
          head(event, "soaking")
              .put("wave", soaking.wave())
              .put("clusters", soaking.clusters())
              .put("until", soaking.until().toString());
      case Event.WaveEnded ended ->
          head(event, "waveEnded")
              .put("wave", ended.wave())
              .put("failures", ended.failures())
              .put("budget", ended.budget())
              .put("verdict", ended.verdict().word());
      case Event.Withheld withheld ->
          head(event, "withheld")
              .put("cluster", withheld.cluster().value())
              .put("because", withheld.because());
      case Event.RollBackStarted started ->
          head(event, "rollBackStarted").put("cluster", started.cluster().value());
      case Event.RolledBack back ->
          outcome(head(event, "rolledBack").put("cluster", back.cluster().value()), back.outcome())
              .put("seconds", seconds(back.took()));
      case Event.Interrupted _ -> head(event, "interrupted");
      case Event.RunEnded over -> summary(head(event, "runEnded"), over.summary());
    };
  }

  private static ObjectNode head(Event event, String name) {
    return JSON.createObjectNode().put("at", event.at().toString()).put("event", name);
  }

  private static ObjectNode head(Event event, String name, ClusterName cluster, Step step) {
    return head(event, name).put("cluster", cluster.value()).put("step", step.key());
  }

  private static ObjectNode selected(ObjectNode line, Event.Selected selected) {
    selected.managed().ifPresent(count -> line.put("managed", count));
    ids(line.putArray("clusters"), selected.clusters());
    ids(line.putArray("new"), selected.added());
    ids(line.putArray("gone"), selected.gone());
    selected.idle().forEach(line.putArray("idle")::add);
    return line;
  }

  private static void ids(ArrayNode list, List<ResourceId> clusters) {
    clusters.forEach(id -> list.add(id.text()));
  }

  private static ObjectNode planned(ObjectNode line, Event.Planned planned) {
    line.put("application", planned.plan().fleet().application());
    ArrayNode clusters = line.putArray("clusters");
    for (ClusterPlan cluster : planned.plan().clusters()) {
      ObjectNode node = clusters.addObject();
      node.put("name", cluster.target().name().value());
      node.put("id", cluster.target().cluster().text());
      cluster.skipped().ifPresent(reason -> node.put("skipped", reason));
      long changes =
          cluster.steps().values().stream()
              .flatMap(step -> step.changes().stream())
              .filter(Change::changes)
              .count();
      node.put("changes", changes);
    }
    return line;
  }

  private static ObjectNode change(ObjectNode line, Change change) {
    return line.put("verb", change.verb())
        .put("kind", change.thing().kind().title())
        .put("name", change.thing().name());
  }

  private static ObjectNode proof(ObjectNode line, Proof proof) {
    line.put("hop", proof.hop().key())
        .put("about", proof.about())
        .put("verdict", proof.verdict().word());
    return switch (proof.verdict()) {
      case Proof.Verdict.Proven proven -> line.put("detail", proven.detail());
      case Proof.Verdict.Refuted refuted -> problem(line, refuted.problem());
      case Proof.Verdict.NotProven nothing -> line.put("reason", nothing.reason());
    };
  }

  private static ObjectNode outcome(ObjectNode line, Outcome outcome) {
    line.put("outcome", outcome.word());
    ArrayNode changes = line.putArray("change");
    outcome.changes().forEach(change -> change(changes.addObject(), change));
    return switch (outcome) {
      case Outcome.Changed changed -> line.put("note", changed.note());
      case Outcome.Unchanged unchanged -> line.put("note", unchanged.note());
      case Outcome.Failed failed -> problem(line, failed.problem());
      case Outcome.NotStarted lost -> line.put("lost", lost.lost().name());
      case Outcome.Withheld withheld -> line.put("reason", withheld.because());
      case Outcome.Skipped skipped -> line.put("reason", skipped.reason());
    };
  }

  private static ObjectNode problem(ObjectNode line, Problem problem) {
    ObjectNode node = line.putObject("problem").put("code", problem.code());
    node.put("what", problem.text().what());
    problem.answer().ifPresent(answer -> azure(node.putObject("azure"), answer));
    return line;
  }

  private static void azure(ObjectNode node, AzureAnswer answer) {
    node.put("status", answer.status())
        .put("code", answer.code())
        .put("correlationId", answer.correlationId());
  }

  private static ObjectNode summary(ObjectNode line, Summary summary) {
    line.put("clusters", summary.clusters().size()).put("succeeded", summary.succeeded());
    for (Ending ending : Ending.values()) {
      line.put(ending.word(), summary.count(ending));
    }
    return line.put("changes", summary.changes()).put("seconds", seconds(summary.took()));
  }

  private static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3);
  }
}
