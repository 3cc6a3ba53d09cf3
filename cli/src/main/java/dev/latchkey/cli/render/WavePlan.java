// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.RolloutWish;
import dev.latchkey.core.fleet.RolloutWish.Group;
import dev.latchkey.core.fleet.RolloutWish.OnFailure;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.Wave;
import dev.latchkey.core.resource.ClusterName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// In which waves a fleet is done; none where the file says nothing of it.
record WavePlan(List<Group> groups, OnFailure onFailure) {
  static WavePlan of(Fleet fleet) {
    RolloutWish wish = fleet.rollout();
    List<ClusterName> clusters = fleet.targets().stream().map(Target::name).toList();
    return new WavePlan(
        wish.equals(RolloutWish.sideBySide()) ? List.of() : wish.groups(clusters),
        wish.onFailure());
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  /// The wave of each cluster.
  Map<ClusterName, String> names() {
    var names = new HashMap<ClusterName, String>();
    groups.forEach(group -> group.clusters().forEach(each -> names.put(each, group.wave().name())));
    return names;
  }

  /// One sentence: `1 in canary (watched for 10 min), then 42 in rest (at most 8 at once); stops at
  /// the first failure`. What is the same for every wave is told once.
  String words() {
    Set<List<String>> kinds = groups.stream().map(WavePlan::rules).collect(Collectors.toSet());
    boolean alike = kinds.size() == 1;
    String waves =
        groups.stream()
            .map(group -> wave(group, alike ? List.of() : rules(group)))
            .collect(Collectors.joining(", then "));
    var parts = new ArrayList<>(List.of(waves));
    if (alike) {
      parts.addAll(rules(groups.getFirst()));
    }
    parts.add(end());
    return String.join("; ", parts);
  }

  private static String wave(Group group, List<String> rules) {
    return "%d in %s%s"
        .formatted(
            group.clusters().size(),
            group.wave().name(),
            rules.isEmpty() ? "" : " (" + String.join(", ", rules) + ")");
  }

  private static List<String> rules(Group group) {
    Wave wave = group.wave();
    var rules = new ArrayList<String>();
    if (wave.maxParallel() < group.clusters().size()) {
      rules.add("at most %d at once".formatted(wave.maxParallel()));
    }
    if (budget(group) > 0) {
      rules.add("%d may fail".formatted(budget(group)));
    }
    if (!wave.soak().isZero()) {
      rules.add("watched for " + Durations.round(wave.soak()));
    }
    return rules;
  }

  private String end() {
    boolean none = groups.stream().allMatch(group -> budget(group) == 0);
    String verb =
        switch (onFailure) {
          case STOP -> "stops";
          case CONTINUE -> "goes on";
          case ROLL_BACK -> "stops and goes back";
        };
    return verb + (none ? " at the first failure" : " when more fail");
  }

  static int budget(Group group) {
    return group.wave().budget().of(group.clusters().size());
  }
}
