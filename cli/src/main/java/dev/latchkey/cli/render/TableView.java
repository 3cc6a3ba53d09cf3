// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.resource.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The table clusters × steps as lines of text: a function of the board and the time.
final class TableView {
  private static final int NAME_AT_MOST = 24;
  private static final int NAME_NARROW = 14;
  private static final int HEADLINE = 100;
  private static final int NARROW = 90;
  private static final int NARROWEST = 30;
  private static final int SHORTEST_WORDS = 5;
  private static final int NAME_BRIEF = 9;
  private static final int TITLES = 1;
  private static final int LOW = 6;

  /// More clusters than this are not shown one by one when all is over.
  static final int MANY = 40;

  private final Screen screen;

  TableView(Screen screen) {
    this.screen = screen;
  }

  /// The whole table, for the end; of many clusters the sums.
  List<String> all(Board board, Instant now) {
    return board.clusters().size() <= MANY
        ? text(table(board, now, 0))
        : text(crowd(board, now, 0, Integer.MAX_VALUE));
  }

  /// What the screen can hold: the table, or sums where there are more clusters than lines.
  List<String> fitting(Board board, Instant now, int tick) {
    if (board.plan().isEmpty()) {
      return List.of(
          new Line(screen)
              .add(Hue.HINT, screen.show(Symbol.turning(tick)))
              .add(" looking at the fleet")
              .text());
    }
    int room = screen.height() - 1; // the cursor's line
    return board.clusters().size() + heads(board, now).size() + TITLES <= room
        ? text(table(board, now, tick))
        : text(crowd(board, now, tick, room));
  }

  private List<Line> crowd(Board board, Instant now, int tick, int room) {
    var lines = new ArrayList<Line>();
    List<Line> heads = heads(board, now);
    lines.addAll(room < LOW ? heads.subList(0, 1) : heads);
    lines.addAll(new CrowdView(screen, board, now, tick).lines(room - lines.size()));
    return lines;
  }

  private List<Line> table(Board board, Instant now, int tick) {
    var lines = new ArrayList<Line>();
    lines.addAll(heads(board, now));
    int name = nameWidth(board);
    Columns columns = Columns.of(name, screen.width());
    if (columns.other() < Columns.NARROWEST) {
      lines.add(new Line(screen).add(" ".repeat(name)).add(Hue.SOFT, digits()));
      board.clusters().forEach(cluster -> lines.add(brief(board, cluster, name, now, tick)));
      return lines;
    }
    lines.add(titles(columns));
    board
        .clusters()
        .forEach(
            cluster ->
                lines.add(new Row(screen, columns, now, tick).of(cluster, board.row(cluster))));
    return lines;
  }

  private static List<String> text(List<Line> lines) {
    return lines.stream().map(Line::text).toList();
  }

  private String digits() {
    var digits = new StringBuilder();
    for (Step step : Step.values()) {
      digits.append(step.number()).append(" ".repeat(mark() - 1));
    }
    return digits.toString();
  }

  /// How many letters a symbol takes.
  private int mark() {
    return screen.show(Symbol.DONE).length();
  }

  /// A cluster in a line that has no room for columns: a symbol for each step, and how long the
  /// oldest one that acts has been acting.
  private Line brief(Board board, ClusterName cluster, int name, Instant now, int tick) {
    var row = new Row(screen, new Columns(name, 0, 0, screen.width()), now, tick);
    Line line = row.name(cluster);
    line.add(" ".repeat(Math.max(0, name - line.length())));
    board
        .row(cluster)
        .forEach(
            (step, cell) -> {
              Symbol symbol = row.symbol(step, cell);
              line.add(symbol).add(" ".repeat(mark() - screen.show(symbol).length()));
            });
    board.row(cluster).values().stream()
        .filter(Board.Cell.Running.class::isInstance)
        .map(Board.Cell.Running.class::cast)
        .map(Board.Cell.Running::begun)
        .min(Instant::compareTo)
        .map(begun -> " " + Durations.column(Duration.between(begun, now)))
        .filter(took -> line.length() + took.length() <= screen.width())
        .ifPresent(line::add);
    return line;
  }

  private int nameWidth(Board board) {
    int longest = board.clusters().stream().mapToInt(name -> name.value().length()).max().orElse(0);
    if (screen.width() < NARROWEST) {
      return Math.min(longest, NAME_BRIEF) + 2;
    }
    return Math.min(longest, screen.width() < NARROW ? NAME_NARROW : NAME_AT_MOST) + 2;
  }

  /// What it is about, and the time at the right, whatever the width; the wave below where it does
  /// not fit between them.
  private List<Line> heads(Board board, Instant now) {
    String time = Durations.clock(board.elapsed(now));
    int edge = Math.min(HEADLINE, screen.width()) - time.length();
    String about = board.plan().map(plan -> Headline.of(plan.fleet(), screen)).orElse("");
    String mark = screen.show(Symbol.ELLIPSIS);
    String shown =
        about.length() < edge ? about : about.substring(0, edge - 1 - mark.length()) + mark;
    Line line = new Line(screen).add(Hue.STRONG, shown);
    Optional<String> wave = board.wave().map(each -> "  " + words(each, now));
    if (wave.isPresent() && line.length() + wave.get().length() >= edge) {
      return List.of(
          line.column(edge).add(time), new Line(screen).add(Hue.HINT, wave.get().strip()));
    }
    wave.ifPresent(words -> line.add(Hue.HINT, words));
    return List.of(line.column(edge).add(time));
  }

  private static String words(Board.WaveNow wave, Instant now) {
    String soak =
        wave.soaksUntil()
            .map(
                until -> ", watched for " + Durations.clock(Duration.between(now, until)) + " more")
            .orElse("");
    return "wave %d of %d: %s%s".formatted(wave.number(), wave.waves(), wave.name(), soak);
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

  /// Where the columns begin. The first is the widest if there is room, since the longest wait, the
  /// cluster's update, stands there; the last one reaches to the edge.
  private record Columns(int name, int first, int other, int edge) {
    /// Below this there is no room for a time.
    private static final int NARROWEST = 7;

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
      Line line = name(cluster);
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

    Line name(ClusterName cluster) {
      String shown = cluster.value();
      if (shown.length() > columns.name() - 2) {
        String mark = screen.show(Symbol.ELLIPSIS);
        shown = shown.substring(0, columns.name() - 2 - mark.length()) + mark;
      }
      return new Line(screen).add(Hue.STRONG, shown);
    }

    /// A cell in one symbol.
    Symbol symbol(Step step, Board.Cell cell) {
      return switch (cell) {
        case Board.Cell.Idle _ -> Symbol.IDLE;
        case Board.Cell.Running _ -> Symbol.turning(tick);
        case Board.Cell.Ended over ->
            switch (over.outcome()) {
              case Outcome.Changed _ -> Symbol.DONE;
              case Outcome.Unchanged _ ->
                  Board.proves(step, over.took()) ? Symbol.DONE : Symbol.SAME;
              case Outcome.Failed _ -> Symbol.FAILED;
              case Outcome.NotStarted _, Outcome.Withheld _ -> Symbol.IDLE;
              case Outcome.Skipped _ -> Symbol.SKIPPED;
            };
      };
    }

    /// Whether a cell has words that deserve the rest of the line.
    private static boolean speaks(Board.Cell cell) {
      return switch (cell) {
        case Board.Cell.Idle _ -> false;
        case Board.Cell.Running _ -> true;
        case Board.Cell.Ended over ->
            switch (over.outcome()) {
              case Outcome.Failed _, Outcome.Skipped _ -> true;
              case Outcome.Changed _,
                  Outcome.Unchanged _,
                  Outcome.NotStarted _,
                  Outcome.Withheld _ ->
                  false;
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
              case Outcome.NotStarted _, Outcome.Withheld _, Outcome.Skipped _ -> true;
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
              case Outcome.Changed _ -> mark(Symbol.DONE).add(" " + Durations.column(over.took()));
              case Outcome.Unchanged _ when Board.proves(step, over.took()) ->
                  mark(Symbol.DONE).add(" " + Durations.column(over.took()));
              case Outcome.Unchanged _ -> words(Symbol.SAME, "unchanged", room);
              case Outcome.Failed failed -> words(Symbol.FAILED, failed.problem().code(), room);
              case Outcome.NotStarted _, Outcome.Withheld _ -> mark(Symbol.IDLE);
              case Outcome.Skipped skipped -> words(Symbol.SKIPPED, skipped.reason(), room);
            };
      };
    }

    private Line running(Board.Cell.Running running, int room) {
      Line line = mark(Symbol.turning(tick));
      String took = Durations.column(Duration.between(running.since(), now));
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
  }
}
