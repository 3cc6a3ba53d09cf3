// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.fleet;

import java.util.List;

/// What is wanted: an application on clusters, each with its own resolved target.
///
/// @param application the application's name
/// @param targets at least one, in the order of the file
public record Fleet(String application, List<Target> targets) {
  public Fleet {
    targets = List.copyOf(targets);
  }
}
