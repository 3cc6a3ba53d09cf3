// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What a run does on each cluster.
///
/// @param steps that each cluster's result has
/// @param work what is done on one cluster
/// @param lesson what its end says of clusters that have not been begun
record Job(
    List<Step> steps,
    Consumer<ClusterWalk> work,
    Function<ClusterWalk, Optional<CommonCause>> lesson) {
  /// Takes all steps. Where one cluster shows what others lack as well, those are left as they are.
  static Job deployment(Consumer<ClusterWalk> work) {
    return new Job(List.of(Step.values()), work, CommonCause::of);
  }

  /// Walks the trust chain. Changes nothing, so no cluster is spared.
  static Job proof() {
    return new Job(List.of(Step.VERIFICATION), ClusterWalk::prove, _ -> Optional.empty());
  }
}
