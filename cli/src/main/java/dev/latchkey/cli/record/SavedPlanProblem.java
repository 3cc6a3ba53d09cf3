// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.record;

import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.Text;
import dev.latchkey.core.problem.WrongInput;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Why a saved plan is not carried out.
public sealed interface SavedPlanProblem extends Problem {
  /// There is no such file, or it is no plan.
  ///
  /// @param detail what it is instead
  record Unreadable(Path file, String detail) implements SavedPlanProblem, WrongInput {}

  /// Another version of latchkey wrote it in a form that this one does not know.
  record OfOtherVersion(Path file, String seen, int known)
      implements SavedPlanProblem, WrongInput {}

  /// What it depends on is no longer so.
  ///
  /// @param differences of each cluster that differs, what does
  record Outdated(Path file, SequencedMap<String, List<String>> differences)
      implements SavedPlanProblem {
    public Outdated {
      differences = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(differences));
    }
  }

  @Override
  default String code() {
    return switch (this) {
      case Unreadable _ -> "plan-file-unreadable";
      case OfOtherVersion _ -> "plan-file-of-other-version";
      case Outdated _ -> "plan-outdated";
    };
  }

  @Override
  default Text text() {
    return SavedPlanWording.of(this);
  }
}
