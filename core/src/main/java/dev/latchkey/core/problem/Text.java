// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.problem;

import java.util.List;

/// The words of a problem.
///
/// @param what one sentence, present tense, in the user's words
/// @param seen the facts side by side, one a line; may be empty
/// @param why the known cause, with the service's code and correlation id; may be empty
/// @param next a command that can be pasted, or the key to change
public record Text(String what, List<String> seen, String why, String next) {
  public Text {
    seen = List.copyOf(seen);
  }
}
