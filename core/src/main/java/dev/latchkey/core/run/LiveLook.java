// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.port.Workloads;
import dev.latchkey.core.port.Workloads.Cluster;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.LiveDrift;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Seen.Inside;
import dev.latchkey.core.snapshot.Snapshot;
import dev.latchkey.core.step.Steps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Looks at the live objects of releases that would be left alone: others may have edited them.
/// Where a release will be written anyway nobody looks.
final class LiveLook {
  /// A look holds a few connections, and a fleet of a thousand must not need thousands.
  private static final int CLUSTERS_AT_A_TIME_MAX = 64;

  private final Workloads workloads;
  private final Steps steps;
  private final Semaphore turns = new Semaphore(CLUSTERS_AT_A_TIME_MAX);

  LiveLook(Workloads workloads, Steps steps) {
    this.workloads = workloads;
    this.steps = steps;
  }

  /// The snapshot with what was found.
  Snapshot over(Fleet fleet, Snapshot snapshot) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Map<ClusterName, Future<Seen>> looks = new HashMap<>();
      for (Target target : fleet.targets()) {
        Seen seen = snapshot.of(target.name());
        if (steps.keepsRelease(target, seen)) {
          looks.put(target.name(), threads.submit(() -> inTurn(target, seen)));
        }
      }
      Map<ClusterName, Seen> clusters = new HashMap<>(snapshot.clusters());
      try {
        for (var look : looks.entrySet()) {
          clusters.put(look.getKey(), Looks.result(look.getValue()));
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
      return new Snapshot(clusters);
    }
  }

  private Seen inTurn(Target target, Seen seen) throws InterruptedException {
    turns.acquire();
    try {
      Inside inside = seen.inside().orElseThrow();
      return seen.with(inside.with(look(target, inside)));
    } finally {
      turns.release();
    }
  }

  private LiveDrift look(Target target, Inside inside) throws InterruptedException {
    Release release = inside.release().orElseThrow();
    try (Cluster cluster = workloads.open(inside.kubeconfig())) {
      return cluster.drift(target.serviceAccount().namespace(), release.manifest());
    } catch (ProblemException e) {
      return new LiveDrift(List.of(), List.of("objects: " + e.problem().text().what()));
    }
  }
}
