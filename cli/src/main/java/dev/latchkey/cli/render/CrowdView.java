// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.fleet.RolloutWish.Group;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.resource.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// More clusters than lines: how many stand where, what fails, and which take the longest.
final class CrowdView {
  private static final int AIRY = 22;
  private static final int MOST_NAMES = 3;
  private static final int FEW = 10;
  private static final int NAME_AT_MOST = 24;
  private static final int COUNT = 7;
  private static final int TITLED = 60;
  private static final int SHORTENED = 34;
  private static final int SHORT_TITLE = 10;

  private record Slow(ClusterName cluster, Step step, Board.Cell.Running cell) {}

  private final Screen screen;
  private final Board board;
  private final Instant now;
  private final int tick;

  CrowdView(Screen screen, Board board, Instant now, int tick) {
    this.screen = screen;
    this.board = board;
    this.now = now;
    this.tick = tick;
  }

  /// The lines below the headline.
  ///
  /// @param room how many lines there may be
  List<Line> lines(int room) {
    var lines = new ArrayList<Line>();
    lines.add(pacing());
    lines.add(counts());
    int air = room >= AIRY ? 1 : 0;
    Step[] steps = Step.values();
    if (room - lines.size() >= steps.length + 2) {
      space(lines, air);
      for (Step step : steps) {
        lines.add(step(step));
      }
    }
    List<Line> failures = failures();
    List<Line> slowest = slowest();
    int rest = room - lines.size() - 2 * air;
    int bad = Math.min(failures.size(), Math.max(rest - slowest.size(), (rest + 1) / 2));
    part(lines, failures, bad, air);
    part(lines, slowest, Math.min(slowest.size(), rest - bad), air);
    return lines.subList(0, Math.min(lines.size(), Math.max(0, room)));
  }

  private void space(List<Line> lines, int air) {
    if (air > 0) {
      lines.add(line());
    }
  }

  private void part(List<Line> lines, List<Line> part, int most, int air) {
    if (most > 0) {
      space(lines, air);
      lines.addAll(part.subList(0, most));
    }
  }

  /// How far all are, in one line.
  Line sums() {
    return pacing().add(": ").add(counts(standing -> " " + standing.words()));
  }

  private Line pacing() {
    String all = Pacing.of(board, board.clusters(), now).words();
    return line().add(wave().map(wave -> wave + "; " + all + " in all").orElse(all));
  }

  /// How far the wave is that is at work, in a rollout of several.
  private Optional<String> wave() {
    return board
        .wave()
        .filter(wave -> wave.waves() > 1)
        .flatMap(
            wave ->
                board.plan().stream()
                    .flatMap(plan -> groups(plan).stream())
                    .filter(group -> group.wave().name().equals(wave.name()))
                    .findFirst()
                    .map(
                        group ->
                            "wave %d of %d: %s"
                                .formatted(
                                    wave.number(),
                                    wave.waves(),
                                    Pacing.of(board, group.clusters(), now).words())));
  }

  private static List<Group> groups(Plan plan) {
    return plan.fleet()
        .rollout()
        .groups(plan.clusters().stream().map(cluster -> cluster.target().name()).toList());
  }

  private Line counts() {
    Line full = counts(standing -> " " + standing.words());
    return full.length() <= screen.width() ? full : counts(_ -> "");
  }

  private Line counts(Function<Standing, String> words) {
    var counts = new EnumMap<Standing, Integer>(Standing.class);
    board.clusters().forEach(cluster -> counts.merge(board.standing(cluster), 1, Integer::sum));
    Line line = line();
    counts.forEach(
        (standing, count) ->
            line.add(line.length() == 0 ? "" : "  ")
                .add(standing.symbol())
                .add(" " + count + words.apply(standing)));
    return line;
  }

  /// How many clusters are at this step, have it behind them, or failed at it; and what most of
  /// those wait for that are at it.
  private Line step(Step step) {
    int running = 0;
    int done = 0;
    int failed = 0;
    var waits = new HashMap<String, Integer>();
    for (ClusterName cluster : board.clusters()) {
      switch (board.cell(cluster, step)) {
        case Board.Cell.Idle _ -> {}
        case Board.Cell.Running cell -> {
          running++;
          cell.usual().ifPresent(usual -> waits.merge(wait(cell, usual), 1, Integer::sum));
        }
        case Board.Cell.Ended over -> {
          switch (over.outcome()) {
            case Outcome.Changed _, Outcome.Unchanged _ -> done++;
            case Outcome.Failed _ -> failed++;
            case Outcome.NotStarted _, Outcome.Withheld _, Outcome.Skipped _ -> {}
          }
        }
      }
    }
    Line line = line().add(Hue.SOFT, title(step));
    count(line, Symbol.turning(tick), running);
    count(line, Symbol.DONE, done);
    if (screen.width() >= SHORTENED) {
      count(line, Symbol.FAILED, failed);
    }
    Optional<String> most =
        waits.entrySet().stream()
            .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
            .map(Map.Entry::getKey);
    most.filter(words -> line.length() + 2 + words.length() <= screen.width())
        .ifPresent(words -> line.add(Hue.SOFT, "  " + words));
    return line;
  }

  private static String wait(Board.Cell.Running cell, Duration usual) {
    return cell.lag().orElse("") + ", usually " + Durations.round(usual);
  }

  private String title(Step step) {
    String title = step.number() + " " + step.title();
    if (screen.width() >= TITLED) {
      return title + " ".repeat(20 - title.length());
    }
    return screen.width() >= SHORTENED
        ? (title + " ".repeat(SHORT_TITLE)).substring(0, SHORT_TITLE) + " "
        : step.number() + " ";
  }

  private void count(Line line, Symbol symbol, int count) {
    int end = line.length() + COUNT + screen.show(symbol).length() - 1;
    if (count > 0) {
      line.add(symbol).add(" " + count);
    }
    line.add(" ".repeat(Math.max(0, end - line.length())));
  }

  /// The problems, the most frequent first.
  private List<Line> failures() {
    var byProblem = new LinkedHashMap<String, List<String>>();
    for (ClusterName cluster : board.clusters()) {
      board
          .row(cluster)
          .forEach(
              (step, cell) -> {
                if (cell instanceof Board.Cell.Ended(var outcome, _)
                    && outcome instanceof Outcome.Failed failed) {
                  byProblem
                      .computeIfAbsent(
                          failed.problem().code() + "  " + step.title(), _ -> new ArrayList<>())
                      .add(cluster.value());
                }
              });
    }
    return byProblem.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> -entry.getValue().size()))
        .map(
            entry ->
                line()
                    .add(Symbol.FAILED)
                    .add(Hue.BAD, " " + entry.getKey())
                    .add("  " + Count.few(entry.getValue(), MOST_NAMES)))
        .toList();
  }

  private List<Line> slowest() {
    List<Slow> slow =
        board.clusters().stream()
            .flatMap(cluster -> slow(cluster).stream())
            .sorted(Comparator.comparing(each -> each.cell().begun()))
            .limit(FEW)
            .toList();
    int names =
        Math.min(
            screen.width() < TITLED ? SHORT_TITLE : NAME_AT_MOST,
            slow.stream().mapToInt(each -> each.cluster().value().length()).max().orElse(0));
    return slow.stream().map(each -> slow(each, names)).toList();
  }

  /// The step of a cluster that has been acting for the longest time.
  private Optional<Slow> slow(ClusterName cluster) {
    return board.row(cluster).entrySet().stream()
        .filter(entry -> entry.getValue() instanceof Board.Cell.Running)
        .map(entry -> new Slow(cluster, entry.getKey(), (Board.Cell.Running) entry.getValue()))
        .min(Comparator.comparing(each -> each.cell().begun()));
  }

  private Line slow(Slow slow, int names) {
    String name = slow.cluster().value();
    String mark = screen.show(Symbol.ELLIPSIS);
    String shown = name.length() <= names ? name : name.substring(0, names - mark.length()) + mark;
    Line line =
        line()
            .add(Symbol.turning(tick))
            .add(Hue.STRONG, " " + shown)
            .add(" ".repeat(names - shown.length() + 1))
            .add(Durations.column(Duration.between(slow.cell().begun(), now)));
    String wait =
        slow.cell()
            .words()
            .map(words -> words + slow.cell().usual().map(CrowdView::usually).orElse(""))
            .orElse("");
    String step = slow.step().title();
    return line.add(Hue.SOFT, "  " + (screen.width() < TITLED ? slow.step().number() : step))
        .add(wait.isEmpty() ? "" : "  " + wait);
  }

  private static String usually(Duration usual) {
    return ", usually " + Durations.round(usual);
  }

  private Line line() {
    return new Line(screen);
  }
}
