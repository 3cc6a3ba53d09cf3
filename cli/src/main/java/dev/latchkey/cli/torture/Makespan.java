// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.rollout.Forecast;
import dev.latchkey.sandbox.clock.Pace;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Options.Faults;
import dev.latchkey.sandbox.server.Options.Profile;
import dev.latchkey.sandbox.server.Options.Throttling;
import dev.latchkey.sandbox.vault.UnknownSecretScopes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How long a first deployment takes with Azure's durations and limits, measured in virtual time,
/// beside what it cannot be faster than and what its plan foretold.
///
/// @param subscriptions over which the clusters are spread
/// @param measured from the first request to the last proof
/// @param path the same without Azure's limits: what the slowest cluster takes
/// @param forecast what the plan said
public record Makespan(
    int clusters, int subscriptions, Duration measured, Duration path, Forecast forecast) {
  /// Measures a fleet, once with Azure's limits and once without.
  ///
  /// @param chart the workload chart
  /// @throws IllegalStateException when a cluster does not end well
  public static Makespan of(Surroundings around, Path chart, int clusters, int subscriptions)
      throws IOException, InterruptedException {
    List<Forecast> forecasts = new ArrayList<>();
    Options fleet =
        Options.defaults()
            .withClusters(clusters)
            .withPerSubscription(Math.ceilDiv(clusters, subscriptions))
            .withChart(chart);
    Duration free = run(around, fleet, Throttling.OFF, forecasts);
    Duration limited = run(around, fleet, Throttling.AZURE, forecasts);
    return new Makespan(clusters, subscriptions, limited, free, forecasts.getLast());
  }

  /// What no run can be faster than: the slowest cluster, or the limit that binds.
  public Duration bound() {
    Duration limit = forecast.squeeze().map(squeeze -> squeeze.bound()).orElse(Duration.ZERO);
    return limit.compareTo(path) > 0 ? limit : path;
  }

  private static Duration run(
      Surroundings around, Options fleet, Throttling throttling, List<Forecast> forecasts)
      throws IOException, InterruptedException {
    var profile = new Profile(Pace.AZURE, throttling, Faults.NONE, UnknownSecretScopes.ACCEPTED);
    try (Arena arena = Arena.begun(around, fleet.withProfile(profile))) {
      Summary summary =
          arena.deploy(
              List.of(
                  event -> {
                    if (event instanceof Event.Planned planned) {
                      forecasts.add(Forecast.of(planned.plan(), arena.wanted.limits()));
                    }
                  }));
      if (!summary.complete()) {
        throw new IllegalStateException("it fails: " + Ground.problems(summary));
      }
      return summary.took();
    }
  }
}
