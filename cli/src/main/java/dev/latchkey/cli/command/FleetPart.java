// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.cli.record.LastRun;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.RolloutWish;
import dev.latchkey.core.fleet.RolloutWish.Group;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.Wave;
import dev.latchkey.core.resource.ClusterName;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Cuts a fleet to the clusters that were asked for: those that every option takes.
final class FleetPart {
  private final CommonOptions options;
  private final Path folder;

  /// @param folder where the records of earlier runs are
  FleetPart(CommonOptions options, Path folder) {
    this.options = options;
    this.folder = folder;
  }

  /// The fleet with the chosen clusters. It is without any only when a shard has none of them;
  /// everything else that leaves none is said as a mistake.
  Fleet of(Fleet whole) {
    Fleet fleet = lastFailed(ofWaves(named(whole)));
    if (fleet.targets().isEmpty()) {
      throw options.wrong("no cluster of the fleet is in all that was asked for");
    }
    return options.shard().map(words -> fleet.only(has(shard(words)))).orElse(fleet);
  }

  private Fleet named(Fleet fleet) {
    List<String> only = options.only();
    if (only.isEmpty()) {
      return fleet;
    }
    List<String> names = fleet.targets().stream().map(target -> target.name().value()).toList();
    refuseUnknown("--only", "cluster", only, names);
    return fleet.only(target -> only.contains(target.name().value()));
  }

  private Fleet ofWaves(Fleet fleet) {
    List<String> wanted = options.waves();
    if (wanted.isEmpty()) {
      return fleet;
    }
    RolloutWish rollout = fleet.rollout();
    if (rollout.equals(RolloutWish.sideBySide())) {
      throw options.wrong("--wave: the file has no `rollout`, so it has no waves");
    }
    refuseUnknown("--wave", "wave", wanted, rollout.waves().stream().map(Wave::name).toList());
    Set<ClusterName> chosen = new HashSet<>();
    for (Group group : rollout.groups(fleet.targets().stream().map(Target::name).toList())) {
      if (wanted.contains(group.wave().name())) {
        chosen.addAll(group.clusters());
      }
    }
    return fleet.only(target -> chosen.contains(target.name()));
  }

  private Fleet lastFailed(Fleet fleet) {
    if (!options.onlyFailed()) {
      return fleet;
    }
    Optional<LastRun> last = LastRun.of(folder, fleet.application());
    if (last.isEmpty()) {
      throw options.wrong(
          "--only-failed: there is no record of an earlier run of `%s` in %s"
              .formatted(fleet.application(), folder.resolve(".latchkey").resolve("runs")));
    }
    Fleet failed = fleet.only(target -> last.get().failed().contains(target.name()));
    if (failed.targets().isEmpty() && !fleet.targets().isEmpty()) {
      throw options.wrong(
          "--only-failed: none of these clusters failed in the last run, " + last.get().run());
    }
    return failed;
  }

  private Shard shard(String words) {
    return Shard.read(words)
        .orElseThrow(
            () ->
                options.wrong(
                    "--shard: it is written NUMBER/OF, such as 1/4, with at most %d shards; not `%s`"
                        .formatted(Shard.MOST, words)));
  }

  private static Predicate<Target> has(Shard shard) {
    return target -> shard.has(target.name());
  }

  private void refuseUnknown(String option, String kind, List<String> wanted, List<String> known) {
    wanted.stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw options.wrong(
                  "%s: the fleet has no %s `%s`; it has %s"
                      .formatted(option, kind, name, String.join(", ", known)));
            });
  }
}
