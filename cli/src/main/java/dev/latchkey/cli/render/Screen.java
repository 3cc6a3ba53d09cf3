// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

/// How text may look where it is shown. Colour only repeats what a symbol says.
///
/// @param width columns; narrow tables lose words before they lose cells
/// @param height lines; a table of more clusters shows those that matter and counts the others
public record Screen(Letters letters, Colours colours, int width, int height) {

  /// Which letters can be shown.
  public enum Letters {
    /// All of Unicode.
    UNICODE,
    /// Each symbol is replaced by its ASCII twin.
    ASCII
  }

  /// Whether colours are shown: not without a terminal, and not when `NO_COLOR` is set.
  public enum Colours {
    /// ANSI colours.
    ON,
    /// No escape sequences for colours.
    OFF
  }

  private static final int NARROWEST = 20;
  private static final int LOWEST = 4;

  public Screen {
    width = Math.max(NARROWEST, width);
    height = Math.max(LOWEST, height);
  }

  /// A screen for text that goes to a file or a pipeline: never cut, never coloured.
  public static Screen endless(Letters letters) {
    return new Screen(letters, Colours.OFF, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /// The symbol in the letters of this screen.
  String show(Symbol symbol) {
    return letters == Letters.UNICODE ? symbol.sign() : symbol.twin();
  }
}
