// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.record;

import dev.latchkey.core.problem.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/// The sentences of [SavedPlanProblem].
final class SavedPlanWording {
  private static final int MOST_CLUSTERS = 3;
  private static final int MOST_OF_ONE = 4;

  private SavedPlanWording() {}

  static Text of(SavedPlanProblem problem) {
    return switch (problem) {
      case SavedPlanProblem.Unreadable p ->
          new Text(
              "`%s` is not a saved plan.".formatted(p.file()),
              List.of("seen  " + p.detail()),
              "Nothing was sent to Azure.",
              "name a file that `latchkey plan --out FILE` has written");
      case SavedPlanProblem.OfOtherVersion p ->
          new Text(
              "`%s` was saved by another version of latchkey.".formatted(p.file()),
              List.of("seen   version " + p.seen(), "known  version " + p.known()),
              "Its form is not known here. Nothing was sent to Azure.",
              "plan again with --out %s, with the version that deploys".formatted(p.file()));
      case SavedPlanProblem.Outdated p ->
          new Text(
              "The saved plan no longer fits on %d cluster%s."
                  .formatted(p.differences().size(), p.differences().size() == 1 ? "" : "s"),
              seen(p.differences()),
              "A saved plan is carried out only as it was shown. Nothing was changed, on no cluster.",
              "plan again with --out %s, then deploy what it shows".formatted(p.file()));
    };
  }

  /// Of the first clusters what differs, of the others their names.
  private static List<String> seen(SequencedMap<String, List<String>> differences) {
    var seen = new ArrayList<String>();
    List<String> names = List.copyOf(differences.keySet());
    differences.entrySet().stream()
        .limit(MOST_CLUSTERS)
        .forEach(
            cluster -> {
              List<String> all = cluster.getValue();
              all.stream()
                  .limit(MOST_OF_ONE)
                  .forEach(words -> seen.add(cluster.getKey() + ": " + words));
              if (all.size() > MOST_OF_ONE) {
                seen.add("%s: and %d more".formatted(cluster.getKey(), all.size() - MOST_OF_ONE));
              }
            });
    if (names.size() > MOST_CLUSTERS) {
      seen.add("also on: " + String.join(", ", names.subList(MOST_CLUSTERS, names.size())));
    }
    return seen;
  }
}
