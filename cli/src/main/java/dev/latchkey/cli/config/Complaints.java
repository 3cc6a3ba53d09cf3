// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import java.util.LinkedHashSet;
import java.util.Set;

/// Collects the mistakes of one reading. A mistake in a default shows up once for each cluster that
/// takes it, and is kept once.
final class Complaints {
  private final Set<ConfigProblem> problems = new LinkedHashSet<>();

  void add(ConfigProblem problem) {
    problems.add(problem);
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  Mistakes mistakes(Mistakes.Asked asked) {
    return new Mistakes(
        problems.stream().sorted((one, other) -> one.place().compareTo(other.place())).toList(),
        asked);
  }
}
