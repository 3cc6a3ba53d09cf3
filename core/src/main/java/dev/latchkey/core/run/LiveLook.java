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
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Looks at live objects of releases: all of one that would be left alone, since others may have
/// edited them; of one that would be upgraded those that may be in the way of that.
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
        look(target, seen)
            .ifPresent(look -> looks.put(target.name(), threads.submit(() -> inTurn(seen, look))));
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

  /// Looks into one cluster.
  private interface Look {
    Inside at(Cluster cluster) throws InterruptedException;
  }

  private Optional<Look> look(Target target, Seen seen) {
    if (steps.keepsRelease(target, seen)) {
      return seen.inside().map(inside -> cluster -> drift(target, inside, cluster));
    }
    return steps.replacesRelease(target, seen)
        ? seen.inside().map(inside -> cluster -> fixed(target, seen, inside, cluster))
        : Optional.empty();
  }

  private static Inside drift(Target target, Inside inside, Cluster cluster)
      throws InterruptedException {
    Release release = inside.release().orElseThrow();
    try {
      return inside.with(cluster.drift(target.serviceAccount().namespace(), release.manifest()));
    } catch (ProblemException e) {
      return inside.with(
          new LiveDrift(List.of(), List.of("objects: " + e.problem().text().what())));
    }
  }

  /// What cannot be looked at is left to Helm.
  private static Inside fixed(Target target, Seen seen, Inside inside, Cluster cluster) {
    String before = inside.base().orElseThrow().manifest();
    String wanted = seen.chart().orElseThrow().manifest();
    try {
      return inside.with(cluster.fixed(target.serviceAccount().namespace(), before, wanted));
    } catch (ProblemException e) {
      return inside;
    }
  }

  private Seen inTurn(Seen seen, Look look) throws InterruptedException {
    turns.acquire();
    try (Cluster cluster = workloads.open(seen.inside().orElseThrow().kubeconfig())) {
      return seen.with(look.at(cluster));
    } finally {
      turns.release();
    }
  }
}
