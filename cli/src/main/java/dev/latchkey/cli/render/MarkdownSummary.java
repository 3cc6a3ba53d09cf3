// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.cli.render.WaitTimes.Span;
import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.ClusterResult.Ending;
import dev.latchkey.core.event.ClusterResult.StepResult;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import dev.latchkey.core.trust.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// How a run went, in Markdown: for the summary tab of a pipeline's run.
public final class MarkdownSummary {
  private static final int MOST_ROWS = 100;
  private static final int MOST_NAMES = 6;
  private static final Screen SCREEN = Screen.endless(Screen.Letters.UNICODE);
  private static final Pattern MARKS = Pattern.compile("[\\\\`*_{}\\[\\]<>#|~]");

  private final StringBuilder page = new StringBuilder();

  private MarkdownSummary() {}

  /// The page as of a moment; empty while nothing is planned.
  public static Optional<String> of(Course course, Instant now) {
    return course.summary(now).map(summary -> new MarkdownSummary().write(course, summary));
  }

  /// The page of a run that was refused before it began anything.
  public static String refused(Course course, Problem problem) {
    var summary = new MarkdownSummary();
    if (course.plan().isEmpty()) {
      summary.line("## latchkey").line("");
    }
    summary.headline(course);
    summary.line("**Nothing was begun, and nothing was changed.**").line("");
    summary.line("### " + Symbol.FAILED.sign() + " " + problem.code()).line("");
    summary.problem(problem.text());
    return summary.page.toString();
  }

  private void headline(Course course) {
    course
        .plan()
        .ifPresent(
            plan -> line("## latchkey: " + plain(Headline.of(plan.fleet(), SCREEN))).line(""));
  }

  private String write(Course course, Summary summary) {
    headline(course);
    line(plain(SumLines.of(summary, SCREEN).getFirst().text())).line("");
    if (!course.ended()) {
      line("**The run was cut off here.** What was made stays; the next run goes on from there.")
          .line("");
    }
    clusters(summary);
    troubles(summary);
    findings(summary);
    waits(course.waits().spans());
    return page.toString();
  }

  /// Those that ended alike as unchanged are only counted when there are many clusters.
  private void clusters(Summary summary) {
    boolean many = summary.clusters().size() > MOST_ROWS;
    List<ClusterResult> rows =
        summary.clusters().stream()
            .filter(cluster -> !many || cluster.ending() != Ending.UNCHANGED)
            .limit(MOST_ROWS)
            .toList();
    if (!rows.isEmpty()) {
      line("| | cluster | outcome | proven | longest step |");
      line("|---|---|---|---|---|");
      rows.forEach(this::row);
    }
    if (rows.size() < summary.clusters().size()) {
      line("")
          .line(
              "and %s, %d of them unchanged"
                  .formatted(
                      Count.of(summary.clusters().size() - rows.size(), "more cluster"),
                      summary.count(Ending.UNCHANGED)));
    }
    line("");
  }

  private void row(ClusterResult cluster) {
    Ending ending = cluster.ending();
    long proven =
        cluster.proofs().stream()
            .filter(proof -> proof.verdict() instanceof Proof.Verdict.Proven)
            .count();
    line(
        "| %s | %s | %s | %s | %s |"
            .formatted(
                PipelineCommands.symbol(ending).sign(),
                plain(cluster.target().name().value()),
                plain(PipelineCommands.words(cluster)),
                cluster.proofs().isEmpty() ? "" : proven + " of " + cluster.proofs().size(),
                longest(cluster)));
  }

  private static String longest(ClusterResult cluster) {
    return cluster.steps().entrySet().stream()
        .max(Map.Entry.comparingByValue((one, other) -> one.took().compareTo(other.took())))
        .filter(entry -> entry.getValue().took().compareTo(Duration.ofSeconds(1)) >= 0)
        .map(entry -> entry.getKey().title() + ", " + Durations.words(took(entry)))
        .orElse("");
  }

  private static Duration took(Map.Entry<?, StepResult> entry) {
    return entry.getValue().took();
  }

  /// The same problem on many clusters is told once, in the words of the first.
  private void troubles(Summary summary) {
    for (Trouble.Kind kind : Trouble.kinds(summary)) {
      Trouble first = kind.alike().getFirst();
      String title = first.step().title() + ": " + first.problem().code();
      line("### " + Symbol.FAILED.sign() + " " + title).line("");
      line("on " + plain(names(kind.alike())) + "  ");
      problem(first.problem().text());
    }
  }

  private void problem(Text text) {
    line(plain(text.what())).line("");
    if (!text.seen().isEmpty()) {
      line("```text");
      text.seen().forEach(seen -> line(seen.replace("```", "'''")));
      line("```").line("");
    }
    if (!text.why().isEmpty()) {
      line("why: " + plain(text.why())).line("");
    }
    if (!text.next().isEmpty()) {
      line("next: `" + text.next().replace('`', '\'') + "`").line("");
    }
  }

  private static String names(List<Trouble> troubles) {
    return Count.few(
        troubles.stream().map(trouble -> trouble.cluster().value()).distinct().toList(),
        MOST_NAMES);
  }

  private void findings(Summary summary) {
    Map<String, List<String>> findings = Closing.findingsByWords(summary);
    if (!findings.isEmpty()) {
      line("### Findings").line("");
      findings.forEach(
          (words, clusters) ->
              line("- " + plain(Count.few(clusters, MOST_NAMES)) + ": " + plain(words)));
      line("");
    }
  }

  private void waits(List<Span> spans) {
    if (spans.isEmpty()) {
      return;
    }
    line("### How long Azure took").line("");
    line("| waited for | times | shortest | middle | longest | usually |");
    line("|---|---|---|---|---|---|");
    for (Span span : spans) {
      line(
          "| %s | %d | %s | %s | %s | %s |"
              .formatted(
                  plain(span.lag().words()),
                  span.waits(),
                  Durations.words(span.shortest()),
                  Durations.words(span.middle()),
                  Durations.words(span.longest()),
                  Durations.round(span.usual())));
    }
  }

  private MarkdownSummary line(String text) {
    page.append(text).append('\n');
    return this;
  }

  /// Text of Azure, charts and pods as itself: no mark, no element, no new line.
  private static String plain(String text) {
    return MARKS.matcher(text.replaceAll("\\p{Cc}", " ")).replaceAll("\\\\$0");
  }
}
