// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import java.time.Instant;

/// A long-running operation: two dates and what it comes to. Whether it runs is asked as of a
/// moment.
///
/// @param id the GUID in its address
/// @param state what `provisioningState` says meanwhile: Creating, Updating, Deleting …
/// @param outcome what is true from `doneAt` on
public record Operation(
    String id, String state, Instant startedAt, Instant doneAt, Outcome outcome) {

  /// How an operation ends.
  public sealed interface Outcome {
    /// As it was asked for.
    record Succeeded() implements Outcome {}

    /// Ended early by somebody's wish.
    record Canceled() implements Outcome {}

    /// Without success, for a reason of the provider's.
    record Failed(String code, String message) implements Outcome {}
  }

  /// An operation that will succeed.
  public Operation(String id, String state, Instant startedAt, Instant doneAt) {
    this(id, state, startedAt, doneAt, new Outcome.Succeeded());
  }

  /// Whether it still runs at this moment.
  public boolean runsAt(Instant now) {
    return now.isBefore(doneAt);
  }

  /// What `provisioningState` says at this moment.
  public String stateAt(Instant now) {
    return runsAt(now)
        ? state
        : switch (outcome) {
          case Outcome.Succeeded _ -> "Succeeded";
          case Outcome.Canceled _ -> "Canceled";
          case Outcome.Failed _ -> "Failed";
        };
  }

  /// The same operation with another end.
  public Operation ending(Instant when, Outcome how) {
    return new Operation(id, state, startedAt, when, how);
  }
}
