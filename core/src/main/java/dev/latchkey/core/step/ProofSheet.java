// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.trust.ChainProblem;
import dev.latchkey.core.trust.Hop;
import dev.latchkey.core.trust.Proof;

/// What a walk of the trust chain has proven so far, told as it goes.
record ProofSheet(Work work) {
  void tell(Proof proof) {
    work.proved(proof);
  }

  /// Tells that a hop is broken.
  ///
  /// @return what ends the walk
  ProblemException broken(Hop hop, String about, ChainProblem problem) {
    tell(Proof.refuted(hop, about, problem));
    return new ProblemException(problem);
  }
}
