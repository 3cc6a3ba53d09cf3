// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.rollout.Forecast;
import java.util.List;

/// A plan as Markdown, for the summary of a pipeline's run or a comment at a pull request: the
/// summary line first, since it may be all that is read, then the plan as the terminal has it.
public final class PlanMarkdown {
  private static final Screen SCREEN = Screen.endless(Screen.Letters.UNICODE);

  private PlanMarkdown() {}

  /// The page, with a line break at its end.
  public static String of(Plan plan, Forecast forecast) {
    List<String> view = PlanView.of(plan, forecast, SCREEN, PlanView.Detail.GROUPED);
    var page = new StringBuilder("## Plan of " + text(plan.fleet().application()) + "\n\n");
    if (view.size() == 1) {
      return page.append(text(view.getFirst())).append('\n').toString();
    }
    page.append("**").append(text(view.getLast())).append("**\n\n");
    page.append("```diff\n");
    view.subList(0, view.size() - 1).forEach(line -> page.append(marked(line)).append('\n'));
    return page.append("```\n").toString();
  }

  /// Viewers colour lines of a diff by their first character.
  private static String marked(String line) {
    String words = line.stripLeading();
    String fenced = line.replace("```", "'''");
    if (words.startsWith("+ ")) {
      return "+" + fenced.substring(1);
    }
    if (words.startsWith("- ") || words.startsWith("-/+ ")) {
      return "-" + fenced.substring(1);
    }
    return words.startsWith("~ ") || words.startsWith("! ") ? "!" + fenced.substring(1) : fenced;
  }

  /// Names as themselves, whatever marks of Markdown or HTML they hold.
  private static String text(String words) {
    return words.replaceAll("([\\\\`*_\\[\\]<>#|])", "\\\\$1");
  }
}
