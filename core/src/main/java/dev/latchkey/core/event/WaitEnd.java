// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.event;

/// How a wait for one of Azure's known delays ended.
public enum WaitEnd {
  /// What was waited for came.
  CAME("came"),
  /// It did not come within the bound.
  OUTLASTED("outlasted"),
  /// Something else ended it: another refusal, a stuck rollout, an interrupt.
  CUT("cut");

  private final String word;

  WaitEnd(String word) {
    this.word = word;
  }

  /// The end as JSON has it.
  public String word() {
    return word;
  }
}
