// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.gate.Lag;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// When the parts of the trust chain may last have been written, as far as anybody can know.
final class Freshness {
  private Freshness() {}

  /// The latest moment at which the credential may have been written.
  ///
  /// Azure does not tell when a credential was written, and a run that was cut off may have done so
  /// moments ago. It does tell when a role was given, which each run does beside the credential.
  static Optional<Instant> ofCredential(Work work) {
    return latest(Stream.of(work.facts().credential().written(), ofAccess(work)));
  }

  /// The same once the chart is deployed: what had to be deployed was never proven.
  static Optional<Instant> ofUnprovenCredential(Work work) {
    return latest(Stream.of(ofCredential(work), work.facts().release().deployed()));
  }

  /// When the newest part of the access was granted, in this run or before.
  static Optional<Instant> ofAccess(Work work) {
    return work.facts().access().youngest();
  }

  /// Whether a lag may still hold what was written then.
  static boolean within(Work work, Lag lag, Optional<Instant> written) {
    return written.filter(when -> work.pace().within(lag, when)).isPresent();
  }

  private static Optional<Instant> latest(Stream<Optional<Instant>> moments) {
    return moments.flatMap(Optional::stream).max(Comparator.naturalOrder());
  }
}
