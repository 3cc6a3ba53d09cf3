// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.port.Workloads;
import dev.latchkey.core.port.Workloads.Cluster;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.Pod;
import dev.latchkey.core.snapshot.Seen.Inside;
import dev.latchkey.core.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// Looks at the application's pods, in all clusters side by side.
public final class PodLook {
  private final Workloads workloads;

  /// A look through this port.
  public PodLook(Workloads workloads) {
    this.workloads = workloads;
  }

  /// The pods of each cluster whose inside was seen; without those that do not answer now.
  public Map<ClusterName, List<Pod>> of(Fleet fleet, Snapshot snapshot) {
    Map<ClusterName, List<Pod>> pods = new ConcurrentHashMap<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Target target : fleet.targets()) {
        Optional<Inside> inside = snapshot.of(target.name()).inside();
        inside.ifPresent(
            seen -> {
              var _ = threads.submit(() -> look(target, seen, pods));
            });
      }
    }
    return Map.copyOf(pods);
  }

  private void look(Target target, Inside inside, Map<ClusterName, List<Pod>> pods) {
    try (Cluster cluster = workloads.open(inside.kubeconfig())) {
      pods.put(target.name(), cluster.pods(target.serviceAccount()));
    } catch (ProblemException e) {
      // it was there a moment ago: its pods are then told as not known
    }
  }
}
