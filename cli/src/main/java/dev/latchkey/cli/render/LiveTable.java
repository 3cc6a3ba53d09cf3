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
import java.util.function.Supplier;

/// Clusters × steps on a terminal, drawn again in place while the run goes on.
///
/// One thread of its own draws, ten times a second at most, and three times where there are many
/// clusters; events are handed to it, so nobody else touches the board or the terminal. The
/// screen's size is looked at before each picture, since a window may be resized. Close it before
/// anything else is printed: by then the last picture and the closing words are there.
public final class LiveTable implements Listener, AutoCloseable {
  private static final long TICK_MILLIS = 100;
  private static final int MANY = 100;
  private static final int TICKS_FOR_MANY = 3;
  private static final long CLOSING_SECONDS = 5;

  private final InstantSource clock;
  private final List<Hint> hints;
  private final Canvas canvas;
  private final Supplier<Screen> screens;
  private final Board board = new Board();
  private final ScheduledExecutorService painter =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("live-table").factory());
  private int tick;

  private LiveTable(
      PrintStream out, Supplier<Screen> screens, InstantSource clock, List<Hint> hints) {
    this.clock = clock;
    this.hints = List.copyOf(hints);
    this.screens = screens;
    this.canvas = new Canvas(out);
  }

  /// A table that begins to live at once.
  ///
  /// @param screens the screen as it is at the moment
  /// @param clock the one that the events' times come from
  /// @param hints where to go on when all is over
  public static LiveTable on(
      PrintStream out, Supplier<Screen> screens, InstantSource clock, List<Hint> hints) {
    var table = new LiveTable(out, screens, clock, hints);
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
      case Event.SignedIn who -> {
        Screen screen = screens.get();
        String words =
            "Signed in as %s (tenant %s) through %s"
                .formatted(brief(who.principal()), brief(who.tenant()), who.source());
        canvas.leave(List.of(new Line(writable(screen)).add(words).text(), ""), screen);
      }
      case Event.Selected selected -> {
        Screen screen = screens.get();
        var lines = new ArrayList<String>();
        SelectionLines.of(selected, writable(screen)).forEach(line -> lines.add(line.text()));
        lines.add("");
        canvas.leave(lines, screen);
      }
      case Event.Interrupted _ -> {
        Screen screen = screens.get();
        String words = WaveWords.INTERRUPTED;
        canvas.leave(List.of(new Line(writable(screen)).add(Hue.WARN, words).text(), ""), screen);
      }
      case Event.RunEnded over -> {
        Screen screen = screens.get();
        var lines = new ArrayList<>(new TableView(writable(screen)).all(board, over.at()));
        lines.add("");
        new Closing(writable(screen), hints)
            .lines(over.summary())
            .forEach(line -> lines.add(line.text()));
        canvas.leave(lines, screen);
      }
      case Event.Planned _,
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
          Event.RolledBack _ -> {}
    }
  }

  private void turn() {
    tick++;
    boolean rests = board.clusters().size() > MANY && tick % TICKS_FOR_MANY != 0;
    if (board.summary().isEmpty() && !rests) {
      Screen screen = screens.get();
      canvas.draw(
          new TableView(writable(screen)).fitting(board, clock.instant(), tick / 2), screen);
    }
  }

  /// The last column stays free: clearing the rest of a full line would take its last letter.
  private static Screen writable(Screen screen) {
    return new Screen(screen.letters(), screen.colours(), screen.width() - 1, screen.height());
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
