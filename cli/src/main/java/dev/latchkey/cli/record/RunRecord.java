// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.record;

import dev.latchkey.cli.render.Course;
import dev.latchkey.cli.render.JunitReport;
import dev.latchkey.cli.render.LagReport;
import dev.latchkey.cli.render.MarkdownSummary;
import dev.latchkey.cli.render.PlanDocument;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Listener;
import dev.latchkey.core.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// The files that are kept of one run, described in `docs/output.md`.
///
/// Events are written as they come, the plan when it is made, the rest when the run ends, or when
/// it is cut and there is time left. A run that is killed leaves whole files, and the events as far
/// as it came. The lock lets a shutdown hook end the record while events still come.
public final class RunRecord implements Listener, AutoCloseable {
  private final Lock one = new ReentrantLock();
  private final String run;
  private final Path folder;
  private final Writer lines;
  private final EventLog events;
  private final Course course = new Course();
  private final InstantSource clock;
  private boolean begun;
  private boolean over;

  private RunRecord(String run, Path folder, InstantSource clock) throws IOException {
    this.run = run;
    this.folder = folder;
    this.clock = clock;
    this.lines = Files.newBufferedWriter(folder.resolve("events.jsonl"));
    this.events = new EventLog(lines);
  }

  /// Begins the record of a run.
  ///
  /// @param clock the one that the events' times come from
  public static RunRecord begin(RunFolders folders, String run, InstantSource clock)
      throws IOException {
    return new RunRecord(run, folders.open(run), clock);
  }

  /// The page for the summary of a pipeline's run; there once the run has ended.
  public Path summary() {
    return folder.resolve("summary.md");
  }

  @Override
  public void hear(Event event) {
    one.lock();
    try {
      if (over) {
        return;
      }
      events.hear(event);
      course.hear(event);
      switch (event) {
        case Event.Planned planned ->
            RunFolders.write(folder.resolve("plan.json"), PlanDocument.of(run, planned.plan()));
        case Event.RunEnded ended -> documents(ended.at());
        case Event.StepStarted _ -> begun = true;
        case Event.SignedIn _,
            Event.Selected _,
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
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      one.unlock();
    }
  }

  private void documents(Instant now) throws IOException {
    documents(now, JunitReport.of(course, now), MarkdownSummary.of(course, now));
  }

  private void documents(Instant now, Optional<String> junit, Optional<String> page)
      throws IOException {
    RunFolders.write(folder.resolve("lags.json"), LagReport.of(run, course, now));
    if (junit.isPresent()) {
      RunFolders.write(folder.resolve("junit.xml"), junit.get());
    }
    if (page.isPresent()) {
      RunFolders.write(summary(), page.get());
    }
  }

  /// Ends the record of a run that was refused before it began anything, and says why.
  public void refused(Problem problem) {
    one.lock();
    try {
      if (!over && !begun) {
        over = true;
        Instant now = clock.instant();
        events.refused(now, problem);
        documents(
            now,
            Optional.of(JunitReport.refused(course, problem, now)),
            Optional.of(MarkdownSummary.refused(course, problem)));
        lines.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      one.unlock();
    }
  }

  /// Ends the record; of a run that has not ended it tells how it stands.
  @Override
  public void close() {
    one.lock();
    try {
      if (!over) {
        over = true;
        if (!course.ended()) {
          documents(clock.instant());
        }
        lines.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      one.unlock();
    }
  }
}
