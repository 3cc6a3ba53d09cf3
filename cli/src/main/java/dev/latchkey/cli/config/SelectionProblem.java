// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;

/// What can be wrong with the clusters that a file selects, the file itself being right.
public sealed interface SelectionProblem extends Problem {
  /// More clusters come or go than may at once.
  record Sudden(SelectionChange change) implements SelectionProblem {}

  @Override
  default String code() {
    return switch (this) {
      case Sudden _ -> "selection-changed-suddenly";
    };
  }

  @Override
  default Text text() {
    return SelectionWording.of(this);
  }
}
