// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import dev.latchkey.core.plan.ClusterPlan;
import dev.latchkey.core.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;

/// How much a plan is.
record PlanTally(Plan plan) {
  /// Whether nothing is to be done and nothing stands in the way.
  boolean isEmpty() {
    return changing() == 0 && blocked() == 0;
  }

  /// Clusters on which something will be different.
  long changing() {
    return plan.clusters().stream().filter(each -> !each.changes().isEmpty()).count();
  }

  /// Clusters on which something stands in the way.
  long blocked() {
    return plan.clusters().stream().filter(ClusterPlan::isBlocked).count();
  }

  List<ClusterPlan> skipped() {
    return plan.clusters().stream().filter(each -> each.skipped().isPresent()).toList();
  }

  Tally tally() {
    return Tally.of(plan.changes());
  }

  /// Such as `42 of 43 clusters`, or `3 clusters`.
  String clusters() {
    long all = plan.clusters().size();
    long done = all - skipped().size();
    return done == all ? Count.of(all, "cluster") : done + " of " + Count.of(all, "cluster");
  }

  /// Such as `Plan: 246 to make, 42 to change, 0 to delete on 42 of 43 clusters. 1 skipped.`
  String words() {
    Tally tally = tally();
    long all = plan.clusters().size();
    String on = changing() == all ? Count.of(all, "cluster") : changing() + " of " + all;
    String words =
        "Plan: %d to make, %d to change, %d to delete on %s%s."
            .formatted(
                tally.made(),
                tally.changed(),
                tally.deleted(),
                on,
                changing() == all ? "" : all == 1 ? " cluster" : " clusters");
    String blocked = blocked() == 0 ? "" : " " + blocked() + " blocked.";
    String skipped = skipped().isEmpty() ? "" : " " + skipped().size() + " skipped.";
    return words + blocked + skipped;
  }

  /// Who is skipped and why, in a sentence; empty when nobody is.
  String skippedWords() {
    return skipped().isEmpty()
        ? ""
        : skipped().stream()
            .map(each -> each.target().name() + " (" + each.skipped().orElse("") + ")")
            .collect(Collectors.joining(", ", " Skipped: ", "."));
  }
}
