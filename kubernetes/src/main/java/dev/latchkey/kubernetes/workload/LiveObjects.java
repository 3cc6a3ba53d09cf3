// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.workload;

import dev.latchkey.core.resource.LiveDrift;
import dev.latchkey.core.resource.LiveDrift.ObjectDrift;
import dev.latchkey.kubernetes.manifest.Manifest;
import dev.latchkey.kubernetes.manifest.Manifest.Item;
import dev.latchkey.kubernetes.workload.LiveObject.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Reads the live objects of a manifest, a few at a time, and says how they differ from it.
final class LiveObjects {
  private static final int AT_A_TIME_MAX = 4;

  private final LiveObject reader;
  private final List<Item> objects;

  LiveObjects(LiveObject reader, Manifest manifest) {
    this.reader = reader;
    this.objects = manifest.kept();
  }

  LiveDrift drift() throws InterruptedException {
    var turns = new Semaphore(AT_A_TIME_MAX);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Look>> looks =
          objects.stream().map(object -> threads.submit(() -> inTurn(turns, object))).toList();
      try {
        return sum(looks);
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
    }
  }

  private Look inTurn(Semaphore turns, Item object) throws InterruptedException {
    turns.acquire();
    try {
      return reader.look(object);
    } finally {
      turns.release();
    }
  }

  private static LiveDrift sum(List<Future<Look>> looks) throws InterruptedException {
    var drifts = new ArrayList<ObjectDrift>();
    Map<String, TreeSet<String>> unseen = new TreeMap<>();
    for (Future<Look> look : looks) {
      switch (result(look)) {
        case Look.Same _ -> {}
        case Look.Differs(var drift) -> drifts.add(drift);
        case Look.Unseen(var what, var reason) ->
            unseen.computeIfAbsent(reason, _ -> new TreeSet<>()).add(what);
      }
    }
    return new LiveDrift(
        drifts,
        unseen.entrySet().stream()
            .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
            .toList());
  }

  private static Look result(Future<Look> look) throws InterruptedException {
    try {
      return look.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a look ends with what it saw", e.getCause());
    }
  }
}
