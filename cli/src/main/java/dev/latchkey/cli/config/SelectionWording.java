// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.core.problem.Text;
import dev.latchkey.core.resource.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The sentences of [SelectionProblem].
final class SelectionWording {
  private static final int NAMED = 10;

  private SelectionWording() {}

  static Text of(SelectionProblem problem) {
    return switch (problem) {
      case SelectionProblem.Sudden(var change) ->
          new Text(
              "The selection changes suddenly: %d of the %d clusters that are managed now are selected no more, and %d are new."
                  .formatted(change.gone().size(), change.before().size(), change.added().size()),
              seen(change),
              "At most %s%% may come or go at once. Nothing was changed."
                  .formatted(change.share().toPlainString()),
              "correct the clusters' tags or the file; if it is meant: latchkey deploy"
                  + " --accept-selection");
    };
  }

  private static List<String> seen(SelectionChange change) {
    var seen = new ArrayList<String>();
    if (!change.gone().isEmpty()) {
      seen.add("selected no more: " + names(change.gone()));
    }
    if (!change.added().isEmpty()) {
      seen.add("new: " + names(change.added()));
    }
    return seen;
  }

  private static String names(List<ResourceId> clusters) {
    String first =
        clusters.stream().limit(NAMED).map(ResourceId::name).collect(Collectors.joining(", "));
    return clusters.size() > NAMED
        ? "%s and %d more".formatted(first, clusters.size() - NAMED)
        : first;
  }
}
