// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.resource.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The table clusters × steps as lines of text: a function of the board and the time.
final class TableView {
  private static final int NAME_AT_MOST = 24;
  private static final int NAME_NARROW = 14;
  private static final int HEADLINE = 100;
  private static final int NARROW = 90;
  private static final int SHORTEST_WORDS = 5;
  // The headline, the column titles, the line that counts the others, and the cursor's line.
  private static final int BESIDES_ROWS = 4;

  private final Screen screen;

  TableView(Screen screen) {
    this.screen = screen;
  }

  /// The whole table, for the end.
  List<String> all(Board board, Instant now) {
    return table(board, now, 0, Set.copyOf(board.clusters()));
  }

  /// As much of the table as the screen can hold: what fails and what runs before the others.
  List<String> fitting(Board board, Instant now, int tick) {
    return table(board, now, tick, fitting(board));
  }

  private Set<ClusterName> fitting(Board board) {
    int room = screen.height() - BESIDES_ROWS;
    var fitting = new HashSet<ClusterName>();
    for (Standing standing : Standing.values()) {
      board.clusters().stream()
          .filter(cluster -> Standing.of(board.row(cluster)) == standing)
          .limit(Math.max(0, room - fitting.size()))
          .forEach(fitting::add);
    }
    return fitting;
  }

  private List<String> table(Board board, Instant now, int tick, Set<ClusterName> shown) {
    var lines = new ArrayList<String>();
    if (board.plan().isEmpty()) {
      lines.add(
          new Line(screen)
              .add(Hue.HINT, screen.show(Symbol.turning(tick)))
              .add(" looking at the fleet")
              .text());
      return lines;
    }
    int name = nameWidth(board);
    Columns columns = Columns.of(name, screen.width());
    lines.add(headline(board, now).text());
    lines.add(titles(columns).text());
    board.clusters().stream()
        .filter(shown::contains)
        .forEach(
            cluster ->
                lines.add(
                    new Row(screen, columns, now, tick).of(cluster, board.row(cluster)).text()));
    if (shown.size() < board.clusters().size()) {
      lines.add(others(board, shown).text());
    }
    return lines;
  }

  private int nameWidth(Board board) {
    int longest = board.clusters().stream().mapToInt(name -> name.value().length()).max().orElse(0);
    return Math.min(longest, screen.width() < NARROW ? NAME_NARROW : NAME_AT_MOST) + 2;
  }

  private Line headline(Board board, Instant now) {
    String time = Durations.clock(board.elapsed(now));
    Line line = new Line(screen);
    board.plan().ifPresent(plan -> line.add(Hue.STRONG, Headline.of(plan.fleet(), screen)));
    return line.column(Math.min(HEADLINE, screen.width()) - time.length()).add(time);
  }

  private Line titles(Columns columns) {
    Line line = new Line(screen);
    for (Step step : Step.values()) {
      String title = step.number() + " " + step.title();
      int room = columns.room(step);
      line.add(" ".repeat(Math.max(0, columns.start(step) - line.length())))
          .add(Hue.SOFT, title.substring(0, Math.min(room, title.length())));
    }
    return line;
  }

  private Line others(Board board, Set<ClusterName> shown) {
    var words = new ArrayList<String>();
    List<ClusterName> hidden =
        board.clusters().stream().filter(cluster -> !shown.contains(cluster)).toList();
    for (Standing standing : Standing.values()) {
      long count =
          hidden.stream().filter(cluster -> Standing.of(board.row(cluster)) == standing).count();
      if (count > 0) {
        words.add(count + " " + standing.words());
      }
    }
    return new Line(screen)
        .add(
            Hue.SOFT,
            screen.show(Symbol.ELLIPSIS)
                + " and "
                + hidden.size()
                + " more: "
                + String.join(", ", words));
  }

  /// Where a cluster stands, what matters most first.
  private enum Standing {
    FAILED("failed"),
    RUNNING("running"),
    IDLE("not begun"),
    DONE("done");

    private final String words;

    Standing(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    static Standing of(Map<Step, Board.Cell> row) {
      boolean idle = false;
      boolean ended = false;
      boolean running = false;
      for (Board.Cell cell : row.values()) {
        switch (cell) {
          case Board.Cell.Idle _ -> idle = true;
          case Board.Cell.Running _ -> running = true;
          case Board.Cell.Ended over -> {
            if (over.outcome() instanceof Outcome.Failed) {
              return FAILED;
            }
            ended = true;
          }
        }
      }
      if (running || (ended && idle)) {
        return RUNNING;
      }
      return idle ? IDLE : DONE;
    }
  }

  /// Where the columns begin. The first is the widest if there is room, since the longest wait, the
  /// cluster's update, stands there; the last one reaches to the edge.
  private record Columns(int name, int first, int other, int edge) {
    private static final int FIRST = 20;
    private static final int OTHER_AT_LEAST = 11;
    private static final int OTHER_AT_MOST = 13;

    static Columns of(int name, int edge) {
      int left = edge - name;
      int others = Step.values().length - 1;
      int other = (left - FIRST) / others;
      return other >= OTHER_AT_LEAST
          ? new Columns(name, FIRST, Math.min(OTHER_AT_MOST, other), edge)
          : new Columns(name, left / (others + 1), left / (others + 1), edge);
    }

    int start(Step step) {
      return step == Step.WORKLOAD_IDENTITY ? name : name + first + (step.number() - 2) * other;
    }

    int room(Step step) {
      return switch (step) {
        case WORKLOAD_IDENTITY -> first - 1;
        case VERIFICATION -> edge - start(step);
        case MANAGED_IDENTITY, FEDERATED_CREDENTIAL, KEY_VAULT_ACCESS, HELM_RELEASE -> other - 1;
      };
    }
  }

  /// One cluster's line.
  private record Row(Screen screen, Columns columns, Instant now, int tick) {

    Line of(ClusterName cluster, Map<Step, Board.Cell> cells) {
      String shown = cluster.value();
      if (shown.length() > columns.name() - 2) {
        String mark = screen.show(Symbol.ELLIPSIS);
        shown = shown.substring(0, columns.name() - 2 - mark.length()) + mark;
      }
      Line line = new Line(screen).add(Hue.STRONG, shown);
      for (var entry : cells.entrySet()) {
        Step step = entry.getKey();
        int start = columns.start(step);
        line.add(" ".repeat(Math.max(0, start - line.length())));
        boolean last =
            speaks(entry.getValue())
                && cells.entrySet().stream()
                    .filter(other -> other.getKey().number() > step.number())
                    .allMatch(other -> quiet(other.getValue()));
        line.add(cell(step, entry.getValue(), last ? screen.width() - start : columns.room(step)));
        if (last) {
          return line;
        }
      }
      return line;
    }

    /// Whether a cell has words that deserve the rest of the line.
    private static boolean speaks(Board.Cell cell) {
      return switch (cell) {
        case Board.Cell.Idle _ -> false;
        case Board.Cell.Running _ -> true;
        case Board.Cell.Ended over ->
            switch (over.outcome()) {
              case Outcome.Failed _, Outcome.Skipped _ -> true;
              case Outcome.Changed _, Outcome.Unchanged _, Outcome.NotStarted _ -> false;
            };
      };
    }

    /// Whether a cell may be covered by the words of the one before it.
    private static boolean quiet(Board.Cell cell) {
      return switch (cell) {
        case Board.Cell.Idle _ -> true;
        case Board.Cell.Running _ -> false;
        case Board.Cell.Ended over ->
            switch (over.outcome()) {
              case Outcome.NotStarted _, Outcome.Skipped _ -> true;
              case Outcome.Changed _, Outcome.Unchanged _, Outcome.Failed _ -> false;
            };
      };
    }

    private Line cell(Step step, Board.Cell cell, int room) {
      return switch (cell) {
        case Board.Cell.Idle _ -> mark(Symbol.IDLE);
        case Board.Cell.Running running -> running(running, room);
        case Board.Cell.Ended over ->
            switch (over.outcome()) {
              case Outcome.Changed _ -> mark(Symbol.DONE).add(" " + seconds(over.took()));
              case Outcome.Unchanged _ when Board.proves(step, over.took()) ->
                  mark(Symbol.DONE).add(" " + seconds(over.took()));
              case Outcome.Unchanged _ -> words(Symbol.SAME, "unchanged", room);
              case Outcome.Failed failed -> words(Symbol.FAILED, failed.problem().code(), room);
              case Outcome.NotStarted _ -> mark(Symbol.IDLE);
              case Outcome.Skipped skipped -> words(Symbol.SKIPPED, skipped.reason(), room);
            };
      };
    }

    private Line running(Board.Cell.Running running, int room) {
      Line line = mark(Symbol.turning(tick));
      String took = seconds(Duration.between(running.since(), now));
      String usual = running.usual().map(time -> ", usually " + Durations.round(time)).orElse("");
      String words = running.words().orElse("");
      int left = room - line.length() - 2 - took.length();
      if (words.isEmpty() || left < SHORTEST_WORDS) {
        return line.add(" " + took);
      }
      if (words.length() + usual.length() + 1 <= left) {
        return line.add(" " + words + " ").add(took).add(Hue.SOFT, usual);
      }
      return line.add(" " + cut(words, left)).add(" " + took);
    }

    private Line words(Symbol symbol, String words, int room) {
      Line line = mark(symbol);
      int left = room - line.length() - 1;
      return left < SHORTEST_WORDS ? line : line.add(" " + cut(words, left));
    }

    private String cut(String words, int room) {
      if (words.length() <= room) {
        return words;
      }
      String mark = screen.show(Symbol.ELLIPSIS);
      return words.substring(0, room - mark.length()).stripTrailing() + mark;
    }

    private Line mark(Symbol symbol) {
      return new Line(screen).add(symbol);
    }

    /// Short enough for a narrow column.
    private static String seconds(Duration duration) {
      Duration shown = duration.isNegative() ? Duration.ZERO : duration;
      if (shown.toSeconds() < 10) {
        return Durations.words(shown);
      }
      return shown.toSeconds() < 1000 ? shown.toSeconds() + " s" : shown.toMinutes() + " min";
    }
  }
}
