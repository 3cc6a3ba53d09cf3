// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.core.problem.Text;
import java.util.ArrayList;
import java.util.List;

/// Everything that is wrong with what the user wrote, in the order of the file.
///
/// @param asked what Azure was asked before they were found
public record Mistakes(List<ConfigProblem> problems, Asked asked) {
  /// What Azure was asked.
  public enum Asked {
    /// Nothing at all.
    NOTHING("Nothing was sent to Azure."),
    /// Which clusters there are.
    CLUSTERS("Azure was asked for its clusters, and nothing was changed.");

    private final String words;

    Asked(String words) {
      this.words = words;
    }
  }

  private static final int WIDTH = 120;

  public Mistakes {
    problems = List.copyOf(problems);
  }

  /// The lines for a person, without a newline at the end.
  public String render() {
    int indent =
        problems.stream().mapToInt(problem -> problem.place().toString().length()).max().orElse(0)
            + 2;
    var lines = new ArrayList<String>();
    for (ConfigProblem problem : problems) {
      var place = problem.place().toString();
      lines.addAll(wrapped(place + " ".repeat(indent - place.length()), sentence(problem.text())));
    }
    int count = problems.size();
    lines.add(count + (count == 1 ? " mistake" : " mistakes") + ". " + asked.words);
    return String.join("\n", lines);
  }

  private static String sentence(Text text) {
    var sentence = new StringBuilder(text.what());
    if (!text.why().isEmpty()) {
      sentence.append(": ").append(text.why());
    }
    if (!text.next().isEmpty()) {
      sentence.append(". ").append(text.next());
    }
    return sentence.toString();
  }

  private static List<String> wrapped(String start, String sentence) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder(start);
    for (String word : sentence.split(" ", -1)) {
      boolean first = line.length() == start.length();
      if (!first && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(start.length()));
        first = true;
      }
      line.append(first ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
