// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import java.util.regex.Pattern;

/// A pattern of names: `*` stands for any characters, `?` for one. Compared without case, as Azure
/// compares names.
record Glob(String text) {
  private static final String WILD = "[*?]";

  boolean matches(String name) {
    String expression = Pattern.quote(text).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
        .matcher(name)
        .matches();
  }

  /// Whether names of this rule can look so.
  static boolean isOne(String text, NameRule rule) {
    // a letter and a digit are allowed wherever anything is
    return rule.allows(text.replaceAll(WILD, "a")) || text.matches(WILD + "+");
  }
}
