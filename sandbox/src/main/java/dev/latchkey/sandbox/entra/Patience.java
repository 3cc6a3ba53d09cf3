// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.entra.Trusts.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Entra ID's negative cache: who asks for a credential before it is known waits longer for it.
///
/// Microsoft's guidance is that failures "can go on for a couple of minutes" once negative data is
/// cached, so each early question moves the date by [#STEP] at most to [#BOUND] after the first.
final class Patience {
  static final Duration STEP = Duration.ofSeconds(30);
  static final Duration BOUND = Duration.ofMinutes(2);

  private final Pace pace;
  private final ConcurrentMap<String, Instant> postponed = new ConcurrentHashMap<>();

  Patience(Pace pace) {
    this.pace = pace;
  }

  /// Whether the credential is known at this moment; if not, asking has postponed it.
  boolean knows(String clientId, Trust trust, Instant now) {
    String key = String.join("\n", clientId, trust.name(), trust.issuer(), trust.subject());
    Instant from = later(trust.effectiveFrom(), postponed.getOrDefault(key, Instant.MIN));
    if (!now.isBefore(from)) {
      return true;
    }
    Instant last = trust.effectiveFrom().plus(pace.of(BOUND));
    Instant moved = later(from, now.plus(pace.of(STEP)));
    postponed.put(key, moved.isBefore(last) ? moved : last);
    return false;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
