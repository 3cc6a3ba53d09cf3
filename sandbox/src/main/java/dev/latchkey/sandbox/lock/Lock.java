// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.lock;

import dev.latchkey.sandbox.arm.Stored;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A lock and where it counts: at its scope and below.
///
/// @param scope as the lock's own id writes it
record Lock(String scope, Level level) {
  /// What a lock forbids.
  enum Level {
    /// Deleting.
    CAN_NOT_DELETE("CanNotDelete"),
    /// Every change, actions included: ARM takes each POST for one.
    READ_ONLY("ReadOnly");

    private final String word;

    Level(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static Optional<Level> named(String word) {
      return Stream.of(values()).filter(level -> level.word.equalsIgnoreCase(word)).findFirst();
    }
  }

  /// The lock that is stored, if it forbids anything: there is a level `NotSpecified`.
  static Optional<Lock> of(Stored stored) {
    int end = stored.id().toLowerCase(Locale.ROOT).lastIndexOf(Locks.BELOW);
    return Level.named(stored.tree().path("properties").path("level").asString(""))
        .map(level -> new Lock(stored.id().substring(0, end), level));
  }
}
