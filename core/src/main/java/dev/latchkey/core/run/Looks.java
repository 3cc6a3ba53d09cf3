// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.problem.ProblemException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// Looks that other threads take.
final class Looks {
  private Looks() {}

  /// What a look saw, once it is over; its problem is told as if it was ours.
  ///
  /// @throws InterruptedException when this thread or the look was interrupted
  static <T> T result(Future<T> look) throws InterruptedException {
    try {
      return look.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProblemException known) {
        throw known;
      }
      if (e.getCause() instanceof InterruptedException there) {
        var here = new InterruptedException("the look was interrupted");
        here.initCause(there);
        throw here;
      }
      throw new IllegalStateException("a look ends in a problem, never otherwise", e.getCause());
    }
  }
}
