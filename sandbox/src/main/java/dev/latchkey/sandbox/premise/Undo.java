// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

import java.util.List;

/// Makes one situation untrue again.
interface Undo {
  void undo();

  /// The way back from several changes: the last one first.
  static Undo all(List<Undo> steps) {
    return () -> steps.reversed().forEach(Undo::undo);
  }
}
