// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.event;

/// How a wave ended.
public enum WaveVerdict {
  /// No more clusters failed than allowed.
  PASSED("passed"),
  /// More failed than allowed, and the rollout goes on as the file says.
  OVER_BUDGET("overBudget"),
  /// More failed than allowed: the rollout ends.
  STOPPED("stopped"),
  /// More failed than allowed: what the wave changed went back.
  ROLLED_BACK("rolledBack"),
  /// The run was interrupted.
  INTERRUPTED("interrupted");

  private final String word;

  WaveVerdict(String word) {
    this.word = word;
  }

  /// The verdict as JSON has it.
  public String word() {
    return word;
  }
}
