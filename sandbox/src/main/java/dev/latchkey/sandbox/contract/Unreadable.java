// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.nio.file.Path;

/// A file of a folder that is no recording.
///
/// @param line counted from 1; 0 where the whole file is meant
/// @param why in the words of a sentence without its end
public record Unreadable(Path file, int line, String why) {
  static final class Cause extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Unreadable what;

    Cause(Unreadable what) {
      super(what.toString());
      this.what = what;
    }

    Unreadable what() {
      return what;
    }
  }

  @Override
  public String toString() {
    return line == 0 ? file + ": " + why : file + ":" + line + ": " + why;
  }
}
