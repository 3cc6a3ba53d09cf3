// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

/// What a user sees of a command that is over.
record Ended(int code, String out, String err) {
  /// All that it printed, whichever stream it chose.
  String all() {
    return out + err;
  }
}
