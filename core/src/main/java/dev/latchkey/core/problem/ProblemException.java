// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.problem;

/// Carries a problem up to the step that meets it. Steps return it as their outcome.
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Problem problem;

  /// A failure without a foreign exception behind it.
  public ProblemException(Problem problem) {
    super(problem.code() + ": " + problem.text().what());
    this.problem = problem;
  }

  /// A failure that a library's exception told.
  public ProblemException(Problem problem, Throwable cause) {
    super(problem.code() + ": " + problem.text().what(), cause);
    this.problem = problem;
  }

  /// What happened.
  public Problem problem() {
    return problem;
  }
}
