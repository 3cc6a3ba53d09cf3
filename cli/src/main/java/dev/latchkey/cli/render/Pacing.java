// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.resource.ClusterName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// How far some clusters are that are done side by side.
///
/// @param left how long the others take if they end one after the other as clusters did since the
///   first end; empty while too few are over to tell
record Pacing(int clusters, int over, Optional<Duration> left) {
  private static final int ENOUGH = 3;

  static Pacing of(Board board, Collection<ClusterName> clusters, Instant now) {
    List<ClusterName> over =
        clusters.stream().filter(cluster -> board.standing(cluster).isOver()).toList();
    List<Instant> ends =
        over.stream()
            .filter(cluster -> board.standing(cluster) != Standing.SKIPPED)
            .flatMap(cluster -> board.ended(cluster).stream())
            .sorted()
            .toList();
    int rest = clusters.size() - over.size();
    return new Pacing(
        clusters.size(),
        over.size(),
        ends.size() < ENOUGH || rest == 0
            ? Optional.empty()
            : Optional.of(
                Duration.between(ends.getFirst(), now)
                    .multipliedBy(rest)
                    .dividedBy(ends.size() - 1)));
  }

  /// Such as `412 of 1000 over, about 4 min left`.
  String words() {
    return over
        + " of "
        + clusters
        + " over"
        + left.map(time -> ", about " + Durations.about(time) + " left").orElse("");
  }
}
