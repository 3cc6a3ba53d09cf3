// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Listener;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The end of a run in the commands of Azure Pipelines: a group for each cluster, an issue for each
/// problem and finding, and the page for the summary of the pipeline's run.
///
/// Prints only when all is over, so that the groups of clusters that worked side by side do not
/// interleave.
public final class PipelineCommands implements Listener {
  private static final Screen SCREEN = Screen.endless(Screen.Letters.UNICODE);
  private static final int STEP = 17;
  private static final int MOST_NAMES = 6;

  private final PrintStream out;
  private final Optional<Path> summary;

  /// Commands for the agent, which reads them from either stream.
  ///
  /// @param summary the page that the run's summary shall show, if there is one by the end
  public PipelineCommands(PrintStream out, Optional<Path> summary) {
    this.out = out;
    this.summary = summary;
  }

  @Override
  public void hear(Event event) {
    switch (event) {
      case Event.RunEnded over -> {
        tell(over.summary());
        summary.ifPresent(page -> out.print(uploadSummary(page) + "\n"));
        out.flush();
      }
      case Event.Selected selected ->
          selected.idle().forEach(place -> issue("warning", "selection", place + " finds none"));
      case Event.SignedIn _,
          Event.Planned _,
          Event.StepStarted _,
          Event.Waiting _,
          Event.Waited _,
          Event.Progress _,
          Event.Changed _,
          Event.Found _,
          Event.Proved _,
          Event.StepEnded _,
          Event.WaveStarted _,
          Event.Soaking _,
          Event.WaveEnded _,
          Event.Withheld _,
          Event.RollBackStarted _,
          Event.RolledBack _,
          Event.Interrupted _ -> {}
    }
  }

  private void tell(Summary summary) {
    boolean many = summary.clusters().size() > TableView.MANY;
    summary.clusters().stream()
        .filter(cluster -> !many || cluster.ending() != ClusterResult.Ending.UNCHANGED)
        .forEach(this::group);
    Trouble.kinds(summary).forEach(this::issues);
    Closing.findingsByWords(summary)
        .forEach(
            (words, clusters) ->
                issue("warning", "finding", Count.few(clusters, MOST_NAMES) + ": " + words));
    out.flush();
  }

  private void issues(Trouble.Kind kind) {
    kind.told().forEach(trouble -> issue("error", trouble.problem().code(), message(trouble)));
    Trouble first = kind.alike().getFirst();
    if (!kind.others().isEmpty()) {
      issue(
          "error",
          first.problem().code(),
          "%s, %s: as on %s"
              .formatted(
                  Count.few(kind.others(), MOST_NAMES), first.step().title(), first.cluster()));
    }
  }

  private void group(ClusterResult cluster) {
    out.print(
        "##[group]"
            + plain(
                new Line(SCREEN)
                    .add(symbol(cluster.ending()))
                    .add(" " + cluster.target().name() + ": " + words(cluster)))
            + "\n");
    cluster.steps().entrySet().stream()
        .filter(_ -> cluster.ending() != ClusterResult.Ending.SKIPPED)
        .filter(entry -> !(entry.getValue().outcome() instanceof Outcome.Withheld))
        .forEach(
            entry ->
                out.print(
                    plain(
                            new Line(SCREEN)
                                .add(
                                    Board.proves(entry.getKey(), entry.getValue().took())
                                            && entry.getValue().outcome()
                                                instanceof Outcome.Unchanged
                                        ? Symbol.DONE
                                        : symbol(entry.getValue().outcome()))
                                .add(" " + entry.getKey().title())
                                .column(STEP + 4)
                                .add(words(entry.getValue())))
                        + "\n"));
    out.print("##[endgroup]\n");
  }

  static String words(ClusterResult cluster) {
    return switch (cluster.ending()) {
      case CHANGED -> Tally.of(cluster).words();
      case UNCHANGED -> "unchanged";
      case SKIPPED ->
          cluster.steps().values().stream()
              .map(PipelineCommands::words)
              .findFirst()
              .orElse("skipped");
      case FAILED ->
          "failed: "
              + Trouble.of(cluster).stream()
                  .map(trouble -> trouble.problem().code())
                  .distinct()
                  .collect(Collectors.joining(", "));
      case ROLLED_BACK ->
          "rolled back" + cluster.rollBack().map(back -> ": " + note(back.outcome())).orElse("");
      case NOT_STARTED ->
          "not started"
              + cluster.steps().values().stream()
                  .map(ClusterResult.StepResult::outcome)
                  .filter(Outcome.Withheld.class::isInstance)
                  .map(outcome -> ": " + note(outcome))
                  .findFirst()
                  .orElse("");
    };
  }

  private static String words(ClusterResult.StepResult result) {
    return switch (result.outcome()) {
      case Outcome.Changed changed ->
          Tally.names(changed.made()) + " (" + Durations.words(result.took()) + ")";
      case Outcome.Unchanged unchanged ->
          unchanged.note().isEmpty() ? "unchanged" : unchanged.note();
      case Outcome.Failed failed -> failed.problem().text().what();
      case Outcome.NotStarted lost -> "not begun: " + lost.lost().words() + " is missing";
      case Outcome.Withheld withheld -> "not begun: " + withheld.because();
      case Outcome.Skipped skipped -> "skipped: " + skipped.reason();
    };
  }

  /// What an outcome says for people.
  private static String note(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Changed changed -> changed.note();
      case Outcome.Unchanged unchanged -> unchanged.note();
      case Outcome.Failed failed -> failed.problem().text().what();
      case Outcome.NotStarted lost -> lost.lost().words() + " is missing";
      case Outcome.Withheld withheld -> withheld.because();
      case Outcome.Skipped skipped -> skipped.reason();
    };
  }

  static Symbol symbol(ClusterResult.Ending ending) {
    return switch (ending) {
      case CHANGED -> Symbol.DONE;
      case UNCHANGED -> Symbol.SAME;
      case SKIPPED -> Symbol.SKIPPED;
      case FAILED -> Symbol.FAILED;
      case ROLLED_BACK -> Symbol.FAILED;
      case NOT_STARTED -> Symbol.IDLE;
    };
  }

  private static Symbol symbol(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Changed _ -> Symbol.DONE;
      case Outcome.Unchanged _ -> Symbol.SAME;
      case Outcome.Failed _ -> Symbol.FAILED;
      case Outcome.NotStarted _, Outcome.Withheld _ -> Symbol.IDLE;
      case Outcome.Skipped _ -> Symbol.SKIPPED;
    };
  }

  private static String message(Trouble trouble) {
    String where = trouble.cluster() + ", " + trouble.step().title() + ": ";
    return message(where, trouble.problem().text());
  }

  private static String message(String where, Text text) {
    return Stream.of(
            Stream.of(where + text.what()),
            text.seen().stream(),
            Stream.of(text.why()),
            Stream.of(text.next().isEmpty() ? "" : "next: " + text.next()))
        .flatMap(lines -> lines)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  /// The command that shows a page of Markdown in the summary of the pipeline's run.
  public static String uploadSummary(Path page) {
    return "##vso[task.uploadsummary]" + escaped(page.toString());
  }

  /// The command that tells why a command did nothing as an error of the pipeline's run.
  public static String refused(Problem problem) {
    return command("error", problem.code(), message("", problem.text()));
  }

  private void issue(String type, String code, String message) {
    out.print(command(type, code, message) + "\n");
  }

  private static String command(String type, String code, String message) {
    return "##vso[task.logissue type=%s;code=%s]%s"
        .formatted(type, escaped(code), escaped(Neutral.IN_PIPELINE.text(message)));
  }

  private static String plain(Line line) {
    return Neutral.IN_PIPELINE.text(line.text());
  }

  /// A value or a message as the agent will read it back; the percent sign first, since the others
  /// become percent codes.
  static String escaped(String text) {
    return text.replace("%", "%AZP25")
        .replace(";", "%3B")
        .replace("\r", "%0D")
        .replace("\n", "%0A")
        .replace("]", "%5D");
  }
}
