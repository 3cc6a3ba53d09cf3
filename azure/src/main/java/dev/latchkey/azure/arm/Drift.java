// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.resource.ObservedCluster;
import dev.latchkey.core.resource.ObservedCluster.Feature;
import dev.latchkey.core.resource.ObservedCluster.Pool;
import dev.latchkey.core.resource.ObservedCluster.Power;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Compares a cluster with what was expected, right before it is written.
///
/// The cluster's etag does not cover its pools, so these are compared one by one. A pool that
/// scales by itself may have another count, and then another etag, at any moment: that is no
/// change.
final class Drift {
  private Drift() {}

  /// Why the cluster must not be written, in the words of the refusal that Azure would give.
  static Optional<AzureAnswer> of(ObservedCluster expected, ObservedCluster now) {
    if (now.power() == Power.STOPPED) {
      return Optional.of(
          new AzureAnswer(400, "OperationNotAllowed", "The cluster is stopped.", ""));
    }
    if (now.operation().isPresent()) {
      String words = "Another operation (" + now.operation().get() + ") is in progress.";
      return Optional.of(new AzureAnswer(409, "OperationNotAllowed", words, ""));
    }
    return difference(expected, now)
        .map(
            words ->
                new AzureAnswer(
                    412,
                    "PreconditionFailed",
                    "The cluster changed since it was seen: " + words,
                    ""));
  }

  private static Optional<String> difference(ObservedCluster expected, ObservedCluster now) {
    if (differ(expected.etag(), now.etag())) {
      return Optional.of("it has another etag.");
    }
    Map<String, Pool> before =
        expected.pools().stream().collect(Collectors.toMap(Pool::name, Function.identity()));
    for (Pool pool : now.pools()) {
      Pool seen = before.remove(pool.name());
      if (seen == null) {
        return Optional.of("pool `" + pool.name() + "` is new.");
      }
      boolean scalesItself = pool.autoscaling() == Feature.ON && seen.autoscaling() == Feature.ON;
      if (!scalesItself && seen.count() != pool.count()) {
        return Optional.of(
            "pool `%s` has %d nodes, it had %d."
                .formatted(pool.name(), pool.count(), seen.count()));
      }
      if (!scalesItself && differ(seen.etag(), pool.etag())) {
        return Optional.of("pool `" + pool.name() + "` has another etag.");
      }
    }
    return before.keySet().stream().findFirst().map(name -> "pool `" + name + "` is gone.");
  }

  /// Etags are missing in some answers; then they say nothing.
  private static boolean differ(Optional<String> one, Optional<String> other) {
    return one.isPresent() && other.isPresent() && !one.equals(other);
  }
}
