// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/// How it stands with each secret: written by the reader, shown by the server.
///
/// The only mutable state that threads share; each method holds its lock.
final class Board {
  private final InstantSource clock;
  private final Consumer<String> log;
  private final SequencedMap<WantedSecret, Reading> readings = new LinkedHashMap<>();

  /// @param log takes one line per change of state
  Board(Collection<WantedSecret> secrets, InstantSource clock, Consumer<String> log) {
    this.clock = clock;
    this.log = log;
    secrets.forEach(secret -> readings.put(secret, new Reading.Pending()));
  }

  /// Notes the outcome of one attempt: who refused, or nothing when the secret was read.
  synchronized void note(WantedSecret secret, Optional<Refusal> outcome) {
    var before = readings.getOrDefault(secret, new Reading.Pending());
    var now = clock.instant();
    var after =
        outcome.map(refusal -> before.refused(now, refusal)).orElseGet(() -> Reading.read(now));
    boolean wasReady = isReady();
    readings.put(secret, after);
    if (!describe(before).equals(describe(after))) {
      log.accept("secret " + secret.name() + ": " + describe(after));
    }
    if (!wasReady && isReady()) {
      log.accept("ready");
    }
  }

  /// Whether every declared secret was read.
  synchronized boolean isReady() {
    return readings.values().stream().allMatch(Reading::isThere);
  }

  synchronized Map<WantedSecret, Reading> readings() {
    return new LinkedHashMap<>(readings);
  }

  private static String describe(Reading reading) {
    return switch (reading) {
      case Reading.Pending _ -> "pending";
      case Reading.Read _ -> "read";
      case Reading.Refused refused -> "refused by " + refused.refusal();
      case Reading.Outdated outdated -> "read before, now refused by " + outdated.refusal();
    };
  }
}
