// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.event.ClusterResult;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.trust.Proof;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A problem and where it happened.
record Trouble(ClusterName cluster, Step step, Problem problem) {

  /// All problems of a run, in the fleet's order.
  static List<Trouble> of(Summary summary) {
    return summary.clusters().stream().flatMap(cluster -> of(cluster).stream()).toList();
  }

  /// The problems of a cluster, each once: those that ended a step, then those that a proof shows.
  static Set<Trouble> of(ClusterResult cluster) {
    ClusterName name = cluster.target().name();
    var troubles = new LinkedHashSet<Trouble>();
    cluster.problems().forEach((step, problem) -> troubles.add(new Trouble(name, step, problem)));
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
