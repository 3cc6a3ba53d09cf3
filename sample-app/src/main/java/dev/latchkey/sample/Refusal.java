// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

/// Who refused, and by which code.
///
/// @param code Azure's own code (`AADSTS700211`, `ForbiddenByRbac` …) or a word for what failed;
///   never text of an answer, which could hold more than a code
record Refusal(Hop hop, String code) {
  @Override
  public String toString() {
    return hop.words() + ": " + code;
  }
}
