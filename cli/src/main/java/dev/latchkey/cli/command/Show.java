// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.cli.record.RunFolders;
import dev.latchkey.cli.record.RunRecord;
import dev.latchkey.cli.render.Hint;
import dev.latchkey.cli.render.HtmlReport;
import dev.latchkey.cli.render.JsonReport;
import dev.latchkey.cli.render.LiveTable;
import dev.latchkey.cli.render.PipelineCommands;
import dev.latchkey.cli.render.PlainLines;
import dev.latchkey.cli.render.Screen;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Event.Selected.Turn;
import dev.latchkey.core.event.Listener;
import dev.latchkey.core.problem.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All that one run shows: what is on the screen, the document, the report, the record.
final class Show implements AutoCloseable {
  private static final String SUDDEN =
      "  note: more come or go than may at once: deploy will want --accept-selection";

  private final Surroundings around;
  private final CommonOptions options;
  private final JsonReport json;
  private final HtmlReport html;
  private final List<Listener> listeners = new ArrayList<>();
  private Optional<LiveTable> table = Optional.empty();
  private Optional<RunRecord> record = Optional.empty();
  private final Thread cut = new Thread(() -> record.ifPresent(RunRecord::close), "record");

  private Show(Surroundings around, CommonOptions options, RunId run) {
    this.around = around;
    this.options = options;
    this.json = new JsonReport(run.value());
    this.html = new HtmlReport(run.value());
  }

  static Show of(Surroundings around, CommonOptions options, RunId run) {
    var show = new Show(around, options, run);
    show.listen(run);
    Runtime.getRuntime().addShutdownHook(show.cut);
    return show;
  }

  /// Tells who signed in and which clusters were selected, on standard error, and nothing else.
  static Show whoOnly(Surroundings around, CommonOptions options, RunId run) {
    var show = new Show(around, options, run);
    Screen screen = Screen.endless(around.screen().letters());
    var lines = new PlainLines(around.err(), screen, around.neutral(), List.of());
    show.listeners.add(
        event -> {
          if (event instanceof Event.SignedIn || event instanceof Event.Selected) {
            lines.hear(event);
          }
          if (event instanceof Event.Selected found && found.turn() == Turn.SUDDEN) {
            around.err().println(SUDDEN);
          }
        });
    return show;
  }

  List<Listener> listeners() {
    return List.copyOf(listeners);
  }

  /// Writes the document and the report.
  void end() {
    table.ifPresent(LiveTable::close);
    options.report().ifPresent(file -> html.page().ifPresent(text -> write(file, text)));
    if (options.output() == CommonOptions.Output.JSON) {
      json.document().ifPresent(around.out()::println);
    }
    around.out().flush();
  }

  /// Keeps why nothing was begun.
  void refused(Problem problem) {
    record.ifPresent(
        kept -> {
          kept.refused(problem);
          if (around.inPipeline()) {
            around.err().println(PipelineCommands.uploadSummary(kept.summary()));
          }
        });
  }

  @Override
  public void close() {
    table.ifPresent(LiveTable::close);
    record.ifPresent(RunRecord::close);
    try {
      Runtime.getRuntime().removeShutdownHook(cut);
    } catch (IllegalStateException e) {
      // the process is being ended: the hook has nothing left to do
    }
  }

  private void listen(RunId run) {
    List<Hint> hints =
        options
            .report()
            .map(file -> List.of(new Hint("report", file.toString())))
            .orElse(List.of());
    boolean asJson = options.output() == CommonOptions.Output.JSON;
    PrintStream lines = asJson ? around.err() : around.out();
    if (around.terminal().size().isPresent() && !asJson) {
      LiveTable live = LiveTable.on(around.out(), around::screen, around.time()::now, hints);
      table = Optional.of(live);
      listeners.add(live);
    } else {
      Screen screen = Screen.endless(around.screen().letters());
      listeners.add(new PlainLines(lines, screen, around.neutral(), hints));
    }
    record = record(run);
    record.ifPresent(listeners::add); // before those that tell where its files are
    if (around.inPipeline()) {
      listeners.add(new PipelineCommands(lines, record.map(RunRecord::summary)));
    }
    listeners.add(json);
    listeners.add(html);
  }

  /// `.latchkey/runs/RUN` in the working directory; a folder that cannot be written is said and
  /// harms nothing.
  private Optional<RunRecord> record(RunId run) {
    var folders = new RunFolders(around.folder());
    try {
      return Optional.of(RunRecord.begin(folders, run.value(), around.time()::now));
    } catch (IOException e) {
      around
          .err()
          .println("no record of this run: " + folders.of(run.value()) + " cannot be written");
      return Optional.empty();
    }
  }

  private void write(Path file, String text) {
    try {
      Files.writeString(around.folder().resolve(file), text);
    } catch (IOException e) {
      around.err().println("the report cannot be written: " + e.getMessage());
    }
  }
}
