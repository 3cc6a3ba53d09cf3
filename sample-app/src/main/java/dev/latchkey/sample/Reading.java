// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

import java.time.Instant;

/// How it stands with one secret; its value is in none of these.
sealed interface Reading {
  /// Nobody has asked for it so far.
  record Pending() implements Reading {}

  /// It was read.
  record Read(Instant at) implements Reading {}

  /// It was never read, and the newest attempt was refused.
  record Refused(Instant at, Refusal refusal) implements Reading {}

  /// It was read once, and the newest attempt was refused: the application still has it.
  record Outdated(Instant readAt, Instant refusedAt, Refusal refusal) implements Reading {}

  /// Whether the application has this secret.
  default boolean isThere() {
    return switch (this) {
      case Pending _, Refused _ -> false;
      case Read _, Outdated _ -> true;
    };
  }

  /// The reading that follows when the secret is read.
  static Reading read(Instant at) {
    return new Read(at);
  }

  /// The reading that follows this one when an attempt is refused.
  default Reading refused(Instant at, Refusal refusal) {
    return switch (this) {
      case Pending _, Refused _ -> new Refused(at, refusal);
      case Read read -> new Outdated(read.at(), at, refusal);
      case Outdated outdated -> new Outdated(outdated.readAt(), at, refusal);
    };
  }
}
