// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

/// What a colour means.
enum Hue {
  PLAIN(""),
  GOOD("32"),
  WARN("33"),
  BAD("31"),
  HINT("36"),
  SOFT("2"),
  STRONG("1");

  private final String code;

  Hue(String code) {
    this.code = code;
  }

  /// The text between the escape sequences of this colour.
  String paint(String text) {
    return code.isEmpty() || text.isBlank() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
