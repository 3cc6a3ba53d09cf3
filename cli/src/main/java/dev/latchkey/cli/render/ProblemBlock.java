// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.plan.Step;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A problem in its four parts: what, seen, why, next.
public final class ProblemBlock {
  private static final int SEEN_INDENT = 4;
  private static final int LABEL = 8;

  private final Screen screen;
  private final List<Line> lines = new ArrayList<>();

  private ProblemBlock(Screen screen) {
    this.screen = screen;
  }

  /// The lines of a problem that belongs to no cluster.
  public static List<String> of(Problem problem, Screen screen) {
    Line head = new Line(screen).add(Symbol.FAILED).add(Hue.BAD, " " + problem.code());
    return new ProblemBlock(screen).write(head, problem.text()).stream().map(Line::text).toList();
  }

  /// The lines of what stands in the way of a step.
  static List<Line> of(Step step, Problem problem, Screen screen) {
    Line head =
        new Line(screen)
            .add(Symbol.FAILED)
            .add(" " + step.title())
            .add(Hue.BAD, "  " + problem.code());
    return new ProblemBlock(screen).write(head, problem.text());
  }

  static List<Line> of(Trouble trouble, Screen screen) {
    Line head =
        new Line(screen)
            .add(Symbol.FAILED)
            .add(Hue.STRONG, " " + trouble.cluster())
            .add("  " + trouble.step().title())
            .add(Hue.BAD, "  " + trouble.problem().code());
    return new ProblemBlock(screen).write(head, trouble.problem().text());
  }

  private List<Line> write(Line head, Text text) {
    lines.add(head);
    Paragraph.of(text.what(), screen.width() - 2)
        .forEach(part -> lines.add(line().add("  " + part)));
    seen(text.seen());
    labelled("why", Hue.SOFT, text.why());
    labelled("next", Hue.HINT, text.next());
    return lines;
  }

  private void seen(List<String> seen) {
    for (int i = 0; i < seen.size(); i++) {
      Optional<Difference> difference =
          i + 1 < seen.size() ? Difference.between(seen.get(i), seen.get(i + 1)) : Optional.empty();
      if (difference.isPresent()) {
        pair(seen.get(i), seen.get(i + 1), difference.get());
        i++;
      } else {
        Paragraph.of(seen.get(i), screen.width() - SEEN_INDENT)
            .forEach(part -> lines.add(line().add(" ".repeat(SEEN_INDENT) + part)));
      }
    }
  }

  /// Two values one above the other. Where they are wider than the screen, what they share is
  /// shortened, since the difference must be seen.
  private void pair(String above, String below, Difference difference) {
    String mark = screen.show(Symbol.ELLIPSIS);
    int surplus =
        SEEN_INDENT + Math.max(above.length(), below.length()) - screen.width() + mark.length();
    int cut =
        surplus <= mark.length() ? 0 : Math.min(surplus, difference.column() - difference.start());
    for (String value : List.of(above, below)) {
      String shown =
          cut == 0
              ? value
              : value.substring(0, difference.start())
                  + mark
                  + value.substring(difference.start() + cut);
      lines.add(line().add(" ".repeat(SEEN_INDENT) + shown));
    }
    int column = difference.column() - cut + (cut == 0 ? 0 : mark.length());
    lines.add(caret(SEEN_INDENT + column, difference.note()));
  }

  /// The caret with its note at the right, or at the left where the screen ends.
  private Line caret(int column, String note) {
    if (note.isEmpty()) {
      return line().add(" ".repeat(column)).add(Hue.BAD, "^");
    }
    return column + 2 + note.length() <= screen.width()
        ? line().add(" ".repeat(column)).add(Hue.BAD, "^ " + note)
        : line().add(" ".repeat(Math.max(0, column - note.length() - 1))).add(Hue.BAD, note + " ^");
  }

  private void labelled(String label, Hue hue, String text) {
    if (text.isEmpty()) {
      return;
    }
    String head = "  " + label;
    for (String part : Paragraph.of(text, screen.width() - LABEL)) {
      lines.add(line().add(hue, head).column(LABEL).add(part));
      head = "";
    }
  }

  private Line line() {
    return new Line(screen);
  }
}
