// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/// The rules of a `.helmignore`, with the meaning that Helm's loader gives them.
///
/// @see <a href="https://github.com/helm/helm/blob/main/internal/ignore/rules.go">rules.go</a>
record IgnoreRules(List<Rule> rules) {
  static IgnoreRules parse(String text) {
    Stream<String> lines = Stream.concat(text.lines(), Stream.of("templates/.?*"));
    return new IgnoreRules(
        lines
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(Rule::parse)
            .toList());
  }

  boolean skipsFile(String path) {
    for (Rule rule : rules) {
      if (rule.negated()) {
        if (rule.foldersOnly() || !rule.matches(path)) {
          return true;
        }
      } else if (!rule.foldersOnly() && rule.matches(path)) {
        return true;
      }
    }
    return false;
  }

  boolean skipsFolder(String path) {
    return rules.stream().anyMatch(rule -> rule.negated() != rule.matches(path));
  }

  /// One line.
  ///
  /// @param whole whether the pattern is held against the whole path, not only its last name
  record Rule(boolean negated, boolean foldersOnly, boolean whole, PathMatcher pattern) {
    static Rule parse(String line) {
      boolean negated = line.startsWith("!");
      String text = negated ? line.substring(1) : line;
      boolean foldersOnly = text.endsWith("/");
      text = foldersOnly ? text.substring(0, text.length() - 1) : text;
      boolean whole = text.contains("/");
      text = text.startsWith("/") ? text.substring(1) : text;
      return new Rule(negated, foldersOnly, whole, matcher(text));
    }

    /// Go's patterns know no `{a,b}`, which Java's do.
    private static PathMatcher matcher(String pattern) {
      String glob = pattern.replace("{", "\\{").replace("}", "\\}");
      return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    boolean matches(String path) {
      Path relative = Path.of(path);
      return pattern.matches(whole ? relative : relative.getFileName());
    }
  }
}
