// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.trust;

import dev.latchkey.core.problem.Problem;

/// What is known of one hop after it was tried.
///
/// @param about what was tried: a secret's name, a pod's name; may be empty
public record Proof(Hop hop, String about, Verdict verdict) {
  /// What the trial showed.
  public sealed interface Verdict {
    /// It is so.
    ///
    /// @param detail such as `2 of 2 attempts`
    record Proven(String detail) implements Verdict {}

    /// It is not so.
    record Refuted(Problem problem) implements Verdict {}

    /// Nothing is known; never shown as green.
    record NotProven(String reason) implements Verdict {}

    /// The verdict in one word, as JSON has it.
    default String word() {
      return switch (this) {
        case Proven _ -> "proven";
        case Refuted _ -> "refuted";
        case NotProven _ -> "notProven";
      };
    }
  }

  /// A hop that is proven.
  public static Proof proven(Hop hop, String about, String detail) {
    return new Proof(hop, about, new Verdict.Proven(detail));
  }

  /// A hop that is broken.
  public static Proof refuted(Hop hop, String about, Problem problem) {
    return new Proof(hop, about, new Verdict.Refuted(problem));
  }

  /// A hop of which nothing is known.
  public static Proof notProven(Hop hop, String about, String reason) {
    return new Proof(hop, about, new Verdict.NotProven(reason));
  }
}
