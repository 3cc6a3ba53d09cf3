// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import dev.latchkey.kubernetes.manifest.Manifest;
import java.util.List;
import java.util.Optional;

/// A workload whose rollout is awaited.
record WorkloadRef(Kind kind, String name) {
  /// The kinds that roll out.
  enum Kind {
    DEPLOYMENT("Deployment"),
    STATEFUL_SET("StatefulSet"),
    DAEMON_SET("DaemonSet");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    static Optional<Kind> of(String title) {
      for (Kind kind : values()) {
        if (kind.title.equals(title)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  /// The workloads among the objects of a manifest.
  static List<WorkloadRef> in(Manifest manifest) {
    return manifest.objects().stream()
        .flatMap(
            object ->
                Kind.of(object.kind()).map(kind -> new WorkloadRef(kind, object.name())).stream())
        .toList();
  }

  String title() {
    return kind.title + "/" + name;
  }
}
