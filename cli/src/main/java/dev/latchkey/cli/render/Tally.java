// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Thing;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How much was made, changed and deleted.
record Tally(int made, int changed, int deleted) {

  static Tally of(Summary summary) {
    return summary.clusters().stream().map(Tally::of).reduce(new Tally(0, 0, 0), Tally::plus);
  }

  static Tally of(ClusterResult cluster) {
    return of(
        cluster.steps().values().stream()
            .flatMap(step -> step.outcome().changes().stream())
            .toList());
  }

  static Tally of(Collection<Change> changes) {
    return changes.stream().map(Tally::one).reduce(new Tally(0, 0, 0), Tally::plus);
  }

  private static Tally one(Change change) {
    return switch (change) {
      case Change.Keep _ -> new Tally(0, 0, 0);
      case Change.Create _ -> new Tally(1, 0, 0);
      case Change.Update _, Change.Replace _ -> new Tally(0, 1, 0);
      case Change.Delete _ -> new Tally(0, 0, 1);
    };
  }

  /// Whether anything is different.
  boolean isSomething() {
    return made + changed + deleted > 0;
  }

  Tally plus(Tally other) {
    return new Tally(made + other.made, changed + other.changed, deleted + other.deleted);
  }

  /// Such as `18 made, 3 changed, 0 deleted`, after work that came to its end.
  String words() {
    return isSomething() ? soFar() : "nothing had to change";
  }

  /// The same after work that was cut or failed, of which nobody knows what it had to change.
  String soFar() {
    return made + " made, " + changed + " changed, " + deleted + " deleted";
  }

  /// What was done, by name: `made role assignments a, b; changed AKS cluster c`.
  static String names(List<Change> changes) {
    var byVerb = new LinkedHashMap<String, Map<Thing.Kind, List<Change>>>();
    changes.stream()
        .filter(Change::changes)
        .forEach(
            change ->
                byVerb
                    .computeIfAbsent(past(change), _ -> new LinkedHashMap<>())
                    .merge(
                        change.thing().kind(),
                        List.of(change),
                        (before, one) -> Stream.concat(before.stream(), one.stream()).toList()));
    return byVerb.entrySet().stream()
        .map(verb -> verb.getKey() + " " + things(verb.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String things(Map<Thing.Kind, List<Change>> kinds) {
    return kinds.entrySet().stream()
        .map(
            kind ->
                kind.getValue().size() == 1
                    ? kind.getValue().getFirst().thing().toString()
                    : Count.of(kind.getValue().size(), kind.getKey().title()))
        .collect(Collectors.joining(", "));
  }

  private static String past(Change change) {
    return switch (change) {
      case Change.Keep _ -> "kept";
      case Change.Create _ -> "made";
      case Change.Update _ -> "changed";
      case Change.Replace _ -> "replaced";
      case Change.Delete _ -> "deleted";
    };
  }
}
