// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.manifest;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text with a digest for each part that may be a secret: passwords within addresses, what is
/// assigned to a secret name, such as in connection strings, arguments and JSON, and lines of
/// files.
///
/// A ConfigMap may hold a megabyte on one line, so the patterns never look at a character again:
/// their quantifiers are possessive, and a name is tried from its beginning alone.
final class ShownText {
  private static final Pattern PASSWORD_IN_ADDRESS =
      Pattern.compile("(?<before>://[^/\\s:@]{0,64}+:)(?<value>[^/\\s@]++)(?=@)");
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?<before>(?<![\\w.-])(?<name>[\\w.-]++)\\s*+=\\s*+)(?<value>[^;&\\s\"',]++)");
  private static final Pattern JSON_MEMBER =
      Pattern.compile(
          "(?<before>\"(?<name>[^\"\\s]++)\"\\s*+:\\s*+\")(?<value>(?:[^\"\\\\]|\\\\.)++)");
  private static final Pattern LINE =
      Pattern.compile("(?m)^(?<before>(?<name>[^=:\n]++)[=:][ \t]*+)(?<value>\\S.*+)$");

  private ShownText() {}

  static String of(String text) {
    String shown =
        PASSWORD_IN_ADDRESS
            .matcher(text)
            .replaceAll(found -> Matcher.quoteReplacement(hide(found)));
    shown = ASSIGNED.matcher(shown).replaceAll(ShownText::whereSecret);
    shown = JSON_MEMBER.matcher(shown).replaceAll(ShownText::whereSecret);
    return text.contains("\n") ? LINE.matcher(shown).replaceAll(ShownText::whereSecret) : shown;
  }

  private static String whereSecret(MatchResult found) {
    String name = lastWord(found.group("name"));
    boolean secret =
        ShownObjects.isSecret(name) || name.equals("sig"); // of a shared access signature
    boolean shown = !secret || OldYaml.isTruth(found.group("value"));
    return Matcher.quoteReplacement(shown ? found.group() : hide(found));
  }

  /// What stands in front of `=` or `:` may have more words, and quotes: `export db_password`.
  private static String lastWord(String label) {
    String[] words = label.strip().replace("\"", "").replace("'", "").split("\\s+", -1);
    return words[words.length - 1];
  }

  private static String hide(MatchResult found) {
    return found.group("before") + ShownObjects.hidden(found.group("value"));
  }
}
