// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Listener;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Clusters × steps on a terminal, drawn again in place while the run goes on.
///
/// One thread of its own draws, ten times a second at most; events are handed to it, so nobody else
/// touches the board or the terminal. Close it before anything else is printed: by then the last
/// picture and the closing words are there.
public final class LiveTable implements Listener, AutoCloseable {
  private static final long TICK_MILLIS = 100;
  private static final long CLOSING_SECONDS = 5;

  private final InstantSource clock;
  private final TableView view;
  private final Closing closing;
  private final Canvas canvas;
  private final Screen screen;
  private final Board board = new Board();
  private final ScheduledExecutorService painter =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("live-table").factory());
  private int tick;

  private LiveTable(PrintStream out, Screen screen, InstantSource clock, List<Hint> hints) {
    this.clock = clock;
    // The last column stays free: clearing the rest of a full line would take its last letter.
    this.screen =
        new Screen(screen.letters(), screen.colours(), screen.width() - 1, screen.height());
    this.view = new TableView(this.screen);
    this.closing = new Closing(this.screen, hints);
    this.canvas = new Canvas(out);
  }

  /// A table that begins to live at once.
  ///
  /// @param clock the one that the events' times come from
  /// @param hints where to go on when all is over
  public static LiveTable on(
      PrintStream out, Screen screen, InstantSource clock, List<Hint> hints) {
    var table = new LiveTable(out, screen, clock, hints);
    var _ =
        table.painter.scheduleAtFixedRate(
            table::turn, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return table;
  }

  @Override
  public void hear(Event event) {
    painter.execute(() -> take(event));
  }

  /// The beginning of a GUID is enough to recognise it; JSON and the log have all of it.
  private static String brief(String guid) {
    return guid.length() > 8 ? guid.substring(0, 8) + "…" : guid;
  }

  private void take(Event event) {
    board.hear(event);
    switch (event) {
      case Event.SignedIn who ->
          canvas.leave(
              List.of(
                  new Line(screen)
                      .add(
                          "Signed in as %s (tenant %s) through %s"
                              .formatted(brief(who.principal()), brief(who.tenant()), who.source()))
                      .text(),
                  ""));
      case Event.RunEnded over -> {
        var lines = new ArrayList<>(view.all(board, over.at()));
        lines.add("");
        closing.lines(over.summary()).forEach(line -> lines.add(line.text()));
        canvas.leave(lines);
      }
      case Event.Planned _,
          Event.StepStarted _,
          Event.Waiting _,
          Event.Waited _,
          Event.Progress _,
          Event.Changed _,
          Event.Found _,
          Event.Proved _,
          Event.StepEnded _ -> {}
    }
  }

  private void turn() {
    if (board.summary().isEmpty()) {
      canvas.draw(view.fitting(board, clock.instant(), tick++ / 2));
    }
  }

  /// Waits until all that was heard is drawn, and stops drawing.
  @Override
  public void close() {
    painter.shutdown();
    try {
      if (!painter.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        painter.shutdownNow();
      }
    } catch (InterruptedException e) {
      painter.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
