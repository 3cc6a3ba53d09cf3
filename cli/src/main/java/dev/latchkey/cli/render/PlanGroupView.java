// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.ManifestDiff.ObjectDiff;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.StepPlan;
import dev.latchkey.core.plan.Value;
import dev.latchkey.core.resource.ClusterName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The clusters of one group and what will be different on each of them.
final class PlanGroupView {
  private static final int KIND = 4;
  private static final int TEXT = 26;
  private static final int SETTING = TEXT + 2;
  private static final String NOT_SHOWN = "audience"; // one for all clouds
  private static final int SHORTEST_NAME = 8; // audience

  private final Screen screen;
  private final int width;
  private final Map<ClusterName, String> waves;
  private final List<Line> lines = new ArrayList<>();

  /// @param width where text is broken
  /// @param waves of clusters whose wave is told
  PlanGroupView(Screen screen, int width, Map<ClusterName, String> waves) {
    this.screen = screen;
    this.width = width;
    this.waves = waves;
  }

  List<Line> lines(PlanGroup group) {
    lines.clear();
    lines.add(head(group));
    ClusterPlan plan = group.first();
    plan.skipped().ifPresent(reason -> row(Symbol.SKIPPED, "skipped", reason));
    for (StepPlan step : plan.inOrder()) {
      step(plan, step);
    }
    unchanged(plan);
    return List.copyOf(lines);
  }

  private Line head(PlanGroup group) {
    List<String> names = group.names();
    Line head = line().add(Hue.STRONG, names.getFirst());
    List<String> others = names.subList(1, names.size());
    if (others.isEmpty()) {
      String wave = waves.get(group.first().target().name());
      return wave == null ? head : head.add(Hue.SOFT, "   (wave " + wave + ")");
    }
    return head.add(
        Hue.SOFT,
        "   (and %d more: %s; all with --all)"
            .formatted(others.size(), Names.range(others, screen)));
  }

  private void step(ClusterPlan plan, StepPlan step) {
    if (step.obstacle().isPresent()) {
      Screen narrower = new Screen(screen.letters(), screen.colours(), width - 2, screen.height());
      ProblemBlock.of(step.step(), step.obstacle().get(), narrower)
          .forEach(line -> lines.add(line().add("  ").add(line)));
    } else if (plan.missing(step.step()).isPresent() && step.changesSomething()) {
      String words = "not begun: " + plan.missing(step.step()).get().words() + " is missing";
      row(Symbol.IDLE, step.step().title(), words);
    } else {
      step.changes().stream().filter(Change::changes).forEach(this::change);
    }
    for (String words : step.findings()) {
      List<String> parts = Paragraph.of(words, width - KIND);
      lines.add(mark(Symbol.WARNING).add(parts.getFirst()));
      parts.stream().skip(1).forEach(part -> lines.add(indented(KIND).add(part)));
    }
  }

  private void change(Change change) {
    String kind = change.thing().kind().title();
    switch (change) {
      case Change.Keep _ -> {}
      case Change.Create create -> {
        row(Symbol.CREATE, kind, name(create));
        createdSettings(create);
      }
      case Change.Update update -> {
        row(Symbol.UPDATE, kind, update.thing().name());
        changed(update.before(), update.after());
        note(update.note());
        update.objects().objects().forEach(this::object);
      }
      case Change.Replace replace -> {
        row(Symbol.REPLACE, kind, replace.thing().name());
        changed(replace.before(), replace.after());
      }
      case Change.Delete delete -> row(Symbol.DELETE, kind, delete.thing().name());
    }
    because(change);
  }

  /// A release's chart stands behind its name; of other things the name tells enough.
  private static String name(Change.Create create) {
    String name = create.thing().name();
    return switch (create.thing().kind()) {
      case RELEASE ->
          name
              + setting(create, "chart").map(", chart "::concat).orElse("")
              + setting(create, "objects").map(", %s objects"::formatted).orElse("");
      case CLUSTER, IDENTITY, CREDENTIAL, ROLE_ASSIGNMENT, ACCESS_POLICY, NAMESPACE, PODS -> name;
    };
  }

  private static Optional<String> setting(Change.Create create, String name) {
    return Optional.ofNullable(create.wanted().values().get(name)).map(Value::words);
  }

  private void createdSettings(Change.Create create) {
    switch (create.thing().kind()) {
      case CREDENTIAL ->
          create
              .wanted()
              .values()
              .forEach(
                  (name, value) -> {
                    if (!name.equals(NOT_SHOWN)) {
                      lines.add(setting(name, SHORTEST_NAME).add(value.words()));
                    }
                  });
      case CLUSTER, IDENTITY, ROLE_ASSIGNMENT, ACCESS_POLICY, NAMESPACE, RELEASE, PODS -> {}
    }
  }

  /// Only what differs: in one line where it fits, else one value below the other.
  private void changed(Settings before, Settings after) {
    String arrow = " " + screen.show(Symbol.ARROW) + " ";
    int longest =
        after.values().entrySet().stream()
            .filter(setting -> !setting.getValue().equals(before.values().get(setting.getKey())))
            .mapToInt(setting -> setting.getKey().length())
            .max()
            .orElse(0);
    int names = Math.max(longest, SHORTEST_NAME);
    after
        .values()
        .forEach(
            (name, value) -> {
              String now = value.words();
              String was =
                  Optional.ofNullable(before.values().get(name)).map(Value::words).orElse("(none)");
              if (was.equals(now)) {
                return;
              }
              Shortened pair = Shortened.of(was, now, screen);
              Line row = setting(name, names);
              int column = row.length();
              if (column + pair.before().length() + arrow.length() + pair.after().length()
                  <= width) {
                lines.add(row.add(pair.before() + arrow + pair.after()));
              } else {
                lines.add(row.add(pair.before()));
                lines.add(
                    indented(column - arrow.length() + 1).add(arrow.substring(1) + pair.after()));
              }
            });
  }

  /// One object of a release, with the lines that change.
  private void object(ObjectDiff object) {
    Symbol mark =
        switch (object.fate()) {
          case ADDED -> Symbol.CREATE;
          case REMOVED -> Symbol.DELETE;
          case CHANGED -> Symbol.UPDATE;
        };
    lines.add(indented(SETTING).add(mark).add(" " + object.object()));
    for (String text : object.lines()) {
      Hue hue =
          switch (text.isEmpty() ? ' ' : text.charAt(0)) {
            case '+' -> Hue.GOOD;
            case '-' -> Hue.BAD;
            default -> Hue.SOFT;
          };
      lines.add(indented(SETTING + 2).add(hue, text));
    }
  }

  private void note(String note) {
    if (!note.isEmpty()) {
      Paragraph.of(note, width - SETTING)
          .forEach(part -> lines.add(indented(SETTING).add(Hue.SOFT, part)));
    }
  }

  private void because(Change change) {
    String words = change.reason().words();
    if (words.isEmpty()) {
      return;
    }
    boolean drift = change.reason().isDrift();
    int column = SETTING + SHORTEST_NAME + 2;
    Line row = indented(SETTING).add(drift ? Hue.WARN : Hue.SOFT, drift ? "drift" : "because");
    for (String part : Paragraph.of(words, width - column)) {
      lines.add(row.column(column).add(part));
      row = line();
    }
  }

  private void unchanged(ClusterPlan plan) {
    long kept =
        plan.inOrder().stream()
            .flatMap(step -> step.changes().stream())
            .filter(change -> !change.changes())
            .count();
    if (kept > 0) {
      lines.add(
          mark(Symbol.SAME)
              .add(Hue.SOFT, kept + (kept == 1 ? " thing" : " things") + " unchanged"));
    }
  }

  private void row(Symbol symbol, String kind, String text) {
    Line row = mark(symbol).add(kind).column(TEXT);
    for (String part : Paragraph.of(text, width - TEXT)) {
      lines.add(row.add(part));
      row = indented(TEXT);
    }
  }

  /// The mark ends in one column, whether it has one character or three.
  private Line mark(Symbol symbol) {
    int blanks = Math.max(0, KIND - 1 - screen.show(symbol).length());
    return line().add(" ".repeat(blanks)).add(symbol).add(" ");
  }

  private Line setting(String name, int longest) {
    return indented(SETTING).add(Hue.SOFT, name).column(SETTING + longest + 2);
  }

  private Line indented(int columns) {
    return line().add(" ".repeat(columns));
  }

  private Line line() {
    return new Line(screen);
  }

  /// Two values without what both begin with, if that is long: what differs must be seen.
  private record Shortened(String before, String after) {
    private static final int LONG = 20;

    static Shortened of(String before, String after, Screen screen) {
      int same = 0;
      int most = Math.min(before.length(), after.length());
      while (same < most && before.charAt(same) == after.charAt(same)) {
        same++;
      }
      // one character less, so that a slash at the very end keeps the part before it
      int cut = before.lastIndexOf('/', Math.min(same, most - 1) - 1);
      if (cut < LONG) {
        return new Shortened(before, after);
      }
      String mark = screen.show(Symbol.ELLIPSIS);
      return new Shortened(mark + before.substring(cut), mark + after.substring(cut));
    }
  }
}
