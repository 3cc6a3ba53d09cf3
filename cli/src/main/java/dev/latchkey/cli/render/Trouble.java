// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Outcome;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.trust.Proof;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A problem and where it happened.
record Trouble(ClusterName cluster, Step step, Problem problem) {

  /// The same problem at the same step, on one cluster or on many.
  ///
  /// @param alike at least one, in the fleet's order
  /// @param full how many of them are told in full; the others are named
  record Kind(List<Trouble> alike, int full) {
    /// So many are told in full; of more only the first is.
    private static final int MOST = 3;

    static Kind of(List<Trouble> alike) {
      return new Kind(alike, alike.size() <= MOST ? alike.size() : 1);
    }

    /// The same parted by what else is said of each; as long as none is named only, it stays whole.
    List<Kind> partedBy(Function<Trouble, String> words) {
      if (full == alike.size()) {
        return List.of(this);
      }
      return alike.stream()
          .collect(Collectors.groupingBy(words, LinkedHashMap::new, Collectors.toList()))
          .values()
          .stream()
          .map(part -> new Kind(part, full))
          .toList();
    }

    /// Those that are told in full.
    List<Trouble> told() {
      return alike.subList(0, full);
    }

    /// The clusters of the others.
    List<String> others() {
      return alike.stream()
          .skip(told().size())
          .map(trouble -> trouble.cluster().value())
          .distinct()
          .toList();
    }
  }

  /// All problems of a run, those of one kind together, in the order in which kinds come first.
  static List<Kind> kinds(Summary summary) {
    return of(summary).stream()
        .collect(
            Collectors.groupingBy(
                trouble -> trouble.step().title() + " " + trouble.problem().code(),
                LinkedHashMap::new,
                Collectors.toList()))
        .values()
        .stream()
        .map(Kind::of)
        .toList();
  }

  /// All problems of a run, in the fleet's order.
  static List<Trouble> of(Summary summary) {
    return summary.clusters().stream().flatMap(cluster -> of(cluster).stream()).toList();
  }

  /// The problems of a cluster, each once: those that ended a step, then those that a proof shows.
  static Set<Trouble> of(ClusterResult cluster) {
    ClusterName name = cluster.target().name();
    var troubles = new LinkedHashSet<Trouble>();
    cluster.problems().forEach((step, problem) -> troubles.add(new Trouble(name, step, problem)));
    cluster
        .rollBack()
        .map(ClusterResult.StepResult::outcome)
        .filter(Outcome.Failed.class::isInstance)
        .map(failed -> ((Outcome.Failed) failed).problem())
        .ifPresent(problem -> troubles.add(new Trouble(name, Step.HELM_RELEASE, problem)));
    for (Proof proof : cluster.proofs()) {
      switch (proof.verdict()) {
        case Proof.Verdict.Refuted refuted ->
            troubles.add(new Trouble(name, Step.VERIFICATION, refuted.problem()));
        case Proof.Verdict.Proven _, Proof.Verdict.NotProven _ -> {}
      }
    }
    return troubles;
  }
}
