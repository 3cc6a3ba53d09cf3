// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.problem.ProblemException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// Looks that are a help: who may not take them goes on without.
final class Hints {
  private Hints() {}

  /// What the looks saw, taken side by side; nothing of one that was refused.
  static <K, T> Map<K, T> of(Set<K> keys, Function<K, T> look) {
    Map<K, T> seen = new ConcurrentHashMap<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (K key : keys) {
        threads.execute(() -> asked(look, key).ifPresent(found -> seen.put(key, found)));
      }
    } // its end waits for all of them
    return seen;
  }

  private static <K, T> Optional<T> asked(Function<K, T> look, K key) {
    try {
      return Optional.of(look.apply(key));
    } catch (ProblemException _) {
      return Optional.empty();
    }
  }
}
