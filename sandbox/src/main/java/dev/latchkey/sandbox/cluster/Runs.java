// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The commands that were begun on clusters. Safe for use by several threads.
final class Runs {
  /// A command that was begun, and what it leaves behind once it is done.
  record Run(String id, Instant startedAt, Instant doneAt, Commands.Output output) {}

  private final ConcurrentMap<String, Run> byKey = new ConcurrentHashMap<>();

  void began(String clusterId, Run run) {
    byKey.put(key(clusterId, run.id()), run);
  }

  Optional<Run> find(String clusterId, String id) {
    return Optional.ofNullable(byKey.get(key(clusterId, id)));
  }

  private static String key(String clusterId, String id) {
    return (clusterId + " " + id).toLowerCase(Locale.ROOT);
  }
}
