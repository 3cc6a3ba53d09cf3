// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.Ending;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Listener;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.problem.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The result of a run as one page that needs nothing else: what was proven as a drawing, what is
/// wrong, clusters and steps, and where the time went.
///
/// Everything that is not latchkey's own text is escaped. The page holds no script and no secret.
public final class HtmlReport implements Listener {
  private final String run;
  private final Board board = new Board();

  /// A report of the run with this id.
  public HtmlReport(String run) {
    this.run = run;
  }

  @Override
  public void hear(Event event) {
    board.hear(event);
  }

  /// The page; empty while the run has not ended.
  public Optional<String> page() {
    return board.summary().map(this::page);
  }

  private String page(Summary summary) {
    String title = title(summary);
    return "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        + "<title>"
        + Html.text(title)
        + "</title>\n<style>\n"
        + style()
        + "</style>\n<main>\n"
        + header(title, summary)
        + section(
            "The trust, as it was proven", "<div class=\"card\">" + Drawing.of(summary) + "</div>")
        + wrong(summary)
        + section("Clusters and steps", table(summary))
        + time(summary)
        + "<footer>Made by latchkey from what it observed and proved; holds no secret."
        + " Times are those of this run.</footer>\n</main>\n</html>\n";
  }

  private String title(Summary summary) {
    String application = board.plan().map(plan -> plan.fleet().application() + ": ").orElse("");
    long proven = summary.clusters().stream().filter(Chain::proven).count();
    int all = summary.clusters().size();
    return proven > 0
        ? application + proven + " of " + Count.of(all, "cluster") + " proven"
        : application + summary.succeeded() + " of " + Count.of(all, "cluster") + " as wanted";
  }

  private String header(String title, Summary summary) {
    String when =
        board
            .begun()
            .map(begun -> begun.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' '))
            .orElse("");
    String secrets = board.plan().map(plan -> Headline.secrets(plan.fleet())).orElse("");
    return "<header><div><h1>"
        + Html.text(title)
        + "</h1><div class=\"meta\">run "
        + Html.text(run)
        + " · "
        + Html.text(when.replace("Z", " UTC"))
        + " · "
        + Html.text(secrets)
        + " · took "
        + Durations.words(summary.took())
        + "</div></div><div class=\"tally\">"
        + tally(summary.succeeded(), "as wanted", "good")
        + tally(summary.count(Ending.FAILED), "failed", "bad")
        + tallyIfAny(summary.count(Ending.ROLLED_BACK), "rolled back", "bad")
        + tallyIfAny(summary.count(Ending.NOT_STARTED), "not started", "")
        + tally(summary.count(Ending.SKIPPED), "skipped", "")
        + tally(summary.changes(), "changes", "")
        + "</div></header>\n";
  }

  private static String tallyIfAny(long number, String word, String kind) {
    return number == 0 ? "" : tally(number, word, kind);
  }

  private static String tally(long number, String word, String kind) {
    return "<div class=\"%s\"><b>%d</b>%s</div>".formatted(number > 0 ? kind : "", number, word);
  }

  private static String section(String title, String content) {
    return "<h2>" + title + "</h2>\n" + content + "\n";
  }

  private static String wrong(Summary summary) {
    var cards = new StringBuilder();
    for (Trouble trouble : Trouble.of(summary)) {
      cards.append(card(trouble));
    }
    for (ClusterResult cluster : summary.clusters()) {
      for (String words : cluster.findings()) {
        cards
            .append("<div class=\"card finding\"><b>")
            .append(Html.text(cluster.target().name().value()))
            .append("</b> ")
            .append(Html.text(words))
            .append("</div>\n");
      }
    }
    return cards.isEmpty() ? "" : section("What is wrong, and what to know", cards.toString());
  }

  private static String card(Trouble trouble) {
    Text text = trouble.problem().text();
    var card = new StringBuilder("<div class=\"card problem\"><h3>");
    card.append(Html.text(trouble.cluster().value()))
        .append(" <span>")
        .append(Html.text(trouble.step().title() + " · " + trouble.problem().code()))
        .append("</span></h3>")
        .append(Html.text(text.what()));
    if (!text.seen().isEmpty()) {
      card.append("<div class=\"two mono\">").append(Html.seen(text.seen())).append("</div>");
    }
    card.append("<p>").append(Html.text(text.why())).append("</p>");
    if (!text.next().isEmpty()) {
      card.append("<div class=\"next\"><b>next</b><code>")
          .append(Html.text(text.next()))
          .append("</code></div>");
    }
    return card.append("</div>\n").toString();
  }

  private static String table(Summary summary) {
    var table = new StringBuilder("<div class=\"card wide\"><table><tr><th>cluster</th>");
    for (Step step : Step.values()) {
      table.append("<th>%d %s</th>".formatted(step.number(), step.title()));
    }
    table.append("</tr>\n");
    for (ClusterResult cluster : summary.clusters()) {
      table
          .append("<tr><td><b>")
          .append(Html.text(cluster.target().name().value()))
          .append("</b></td>");
      for (Step step : Step.values()) {
        table.append(
            Optional.ofNullable(cluster.steps().get(step))
                .map(result -> cell(step, result))
                .orElse("<td class=\"idle\"></td>"));
      }
      table.append("</tr>\n");
    }
    return table.append("</table></div>").toString();
  }

  private static String cell(Step step, ClusterResult.StepResult result) {
    return switch (result.outcome()) {
      case Outcome.Changed changed ->
          "<td class=\"ok\" title=\"%s\">%s</td>"
              .formatted(Html.text(Tally.names(changed.made())), Durations.words(result.took()));
      case Outcome.Unchanged _ when Board.proves(step, result.took()) ->
          "<td class=\"ok\">%s</td>".formatted(Durations.words(result.took()));
      case Outcome.Unchanged _ -> "<td class=\"keep\">unchanged</td>";
      case Outcome.Failed failed ->
          "<td class=\"no\">%s</td>".formatted(Html.text(failed.problem().code()));
      case Outcome.NotStarted _, Outcome.Withheld _ -> "<td class=\"idle\">not begun</td>";
      case Outcome.Skipped _ -> "<td class=\"skip\">skipped</td>";
    };
  }

  private String time(Summary summary) {
    return board.stretches().isEmpty() || board.begun().isEmpty()
        ? ""
        : section(
            "Where the time went",
            "<div class=\"card bars\">"
                + Timeline.of(board.stretches(), board.begun().get(), summary.took())
                + "</div>");
  }

  private static String style() {
    try (InputStream file = HtmlReport.class.getResourceAsStream("report.css")) {
      if (file == null) {
        throw new IllegalStateException("this is a bug in latchkey: report.css is not packaged");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
