// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.fleet;

import java.util.List;
import java.util.function.Predicate;

/// What is wanted: an application on clusters, each with its own resolved target.
///
/// @param application the application's name
/// @param targets at least one, in the order of the file
/// @param rollout in which order they are done
public record Fleet(String application, List<Target> targets, RolloutWish rollout) {
  public Fleet {
    targets = List.copyOf(targets);
  }

  /// A fleet whose clusters are done side by side.
  public Fleet(String application, List<Target> targets) {
    this(application, targets, RolloutWish.sideBySide());
  }

  /// The same fleet without the other clusters; may be without any.
  public Fleet only(Predicate<Target> chosen) {
    return new Fleet(application, targets.stream().filter(chosen).toList(), rollout);
  }
}
