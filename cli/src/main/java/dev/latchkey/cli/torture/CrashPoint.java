// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A moment at which a run is killed.
///
/// @param request its number, from 1
record CrashPoint(int request, Blackout.Side side) {
  /// All of them in order: each request, before and after.
  static CrashPoint of(int index) {
    return new CrashPoint(
        index / 2 + 1, index % 2 == 0 ? Blackout.Side.BEFORE : Blackout.Side.AFTER);
  }

  /// Reads it as it is typed.
  static final class Reader implements ITypeConverter<CrashPoint> {
    private static final Pattern FORM = Pattern.compile("(before|after):([1-9]\\d{0,5})");

    @Override
    public CrashPoint convert(String text) {
      Matcher parts = FORM.matcher(text);
      if (!parts.matches()) {
        throw new TypeConversionException("`" + text + "` is no crash point such as before:41");
      }
      return new CrashPoint(
          Integer.parseInt(parts.group(2)),
          parts.group(1).equals("before") ? Blackout.Side.BEFORE : Blackout.Side.AFTER);
    }
  }

  /// As it is typed: `before:41`.
  @Override
  public String toString() {
    return side.word() + ":" + request;
  }
}
