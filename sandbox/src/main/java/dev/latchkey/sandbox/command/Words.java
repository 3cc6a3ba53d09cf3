// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.command;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words of a command line.
final class Words {
  /// Bare text and quoted text that touch one another are one word.
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']+|\"[^\"]*\"|'[^']*')+");

  private Words() {}

  static List<String> of(String line) {
    return WORD.matcher(line).results().map(found -> unquoted(found.group())).toList();
  }

  private static String unquoted(String word) {
    return Pattern.compile("\"([^\"]*)\"|'([^']*)'")
        .matcher(word)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(found.group(1) == null ? found.group(2) : found.group(1)));
  }
}
