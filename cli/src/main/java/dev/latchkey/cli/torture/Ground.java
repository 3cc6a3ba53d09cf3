// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.cli.command.Surroundings;
import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.Summary;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.state.SavedWorld;
import java.io.IOException;
import java.util.List;

/// Where every disturbed run begins, and where it has to end.
///
/// @param beginning a world in which nothing was deployed yet
/// @param end the world after a run that nobody disturbed
record Ground(Surroundings around, Options options, SavedWorld beginning, Picture end) {
  /// Runs once undisturbed, to know the end.
  static Ground prepared(Surroundings around, Options options)
      throws IOException, InterruptedException {
    try (Arena arena = Arena.begun(around, options)) {
      SavedWorld beginning = arena.sandbox.saved();
      Summary summary = arena.deploy(List.of());
      if (!summary.complete()) {
        throw new IllegalStateException("an undisturbed run fails: " + problems(summary));
      }
      SavedWorld end = arena.sandbox.saved();
      return new Ground(
          around, options, Arena.with(beginning, end, options.seed()), Picture.of(end));
    }
  }

  /// A new world at its beginning.
  Arena arena() throws IOException {
    return Arena.again(around, options, beginning);
  }

  /// A new world in which another seed decides what comes.
  Arena arena(long seed, Options other) throws IOException {
    return Arena.again(around, other, Arena.with(beginning, beginning, seed));
  }

  /// What went wrong on the clusters, one a line.
  static List<String> problems(Summary summary) {
    return summary.clusters().stream()
        .map(ClusterResult::problems)
        .flatMap(problems -> problems.entrySet().stream())
        .map(
            entry ->
                "%s: %s %s %s"
                    .formatted(
                        entry.getKey().title(),
                        entry.getValue().text().what(),
                        entry.getValue().text().seen(),
                        entry.getValue().text().why()))
        .toList();
  }
}
