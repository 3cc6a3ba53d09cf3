// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.problem.AzureAnswer;
import java.util.Optional;

/// How often something was asked, and what came back last.
final class Attempts {
  private static final int IN_A_ROW = 2;

  private int asked;
  private int succeeded;
  private int inARow;
  private String reason = "";
  private Optional<AzureAnswer> refusal = Optional.empty();

  /// Counts a success; whether that is enough.
  boolean good() {
    asked++;
    succeeded++;
    inARow++;
    return inARow >= IN_A_ROW;
  }

  void refused(AzureAnswer answer) {
    asked++;
    inARow = 0;
    refusal = Optional.of(answer);
  }

  void unknown(String why) {
    asked++;
    inARow = 0;
    reason = why;
  }

  int asked() {
    return asked;
  }

  /// Why nothing is known, as the last answer told it; empty when each told something.
  String reason() {
    return reason;
  }

  Optional<AzureAnswer> refusal() {
    return refusal;
  }

  String words() {
    return "%d of %d attempts".formatted(succeeded, asked);
  }
}
