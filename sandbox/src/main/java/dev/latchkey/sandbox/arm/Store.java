// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.clock.SandboxClock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// All resources that exist, found by id without regard to case.
///
/// Any thread may read; who reads and then writes one resource does so inside [#alone]. A resource
/// that is being deleted leaves at its date, with all below it, when somebody looks next.
public final class Store {
  /// One resource as a saved world holds it.
  ///
  /// @param leavesAt when it will be gone, if it is being deleted
  public record Saved(Stored resource, Optional<Instant> leavesAt) {}

  private final SandboxClock clock;
  private final ConcurrentSkipListMap<String, Stored> byId = new ConcurrentSkipListMap<>();
  private final ConcurrentMap<String, Instant> departures = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, ReentrantLock> locks = new ConcurrentHashMap<>();
  private final List<Consumer<Stored>> arrivals = new CopyOnWriteArrayList<>();
  private final List<Consumer<Stored>> farewells = new CopyOnWriteArrayList<>();

  /// An empty store.
  public Store(SandboxClock clock) {
    this.clock = clock;
  }

  /// The resource of this id.
  public Optional<Stored> find(String id) {
    leave();
    return Optional.ofNullable(byId.get(key(id)));
  }

  /// All of a type at and below a scope, in the order of their ids.
  public List<Stored> below(String scope, String type) {
    return below(scope).stream().filter(one -> one.type().equalsIgnoreCase(type)).toList();
  }

  /// Everything at and below a scope.
  public List<Stored> below(String scope) {
    leave();
    String from = key(scope);
    return List.copyOf(byId.subMap(from + "/", from + "0").values());
  }

  /// Adds a resource, or replaces the one of this id.
  public void put(Stored resource) {
    departures.remove(key(resource.id()));
    byId.put(key(resource.id()), resource);
    arrivals.forEach(arrival -> arrival.accept(resource));
  }

  /// Adds a resource that leaves at the end of its operation.
  public void putLeaving(Stored resource, Instant when) {
    byId.put(key(resource.id()), resource);
    departures.put(key(resource.id()), when);
  }

  /// Removes a resource and all below it.
  public void remove(String id) {
    for (Stored below : List.copyOf(byId.subMap(key(id) + "/", key(id) + "0").values())) {
      drop(key(below.id()));
    }
    drop(key(id));
  }

  /// Calls this for each resource that is written, be it new or not.
  public void onArrival(Consumer<Stored> arrival) {
    arrivals.add(arrival);
  }

  /// Calls this for each resource that leaves, whatever the reason.
  public void onFarewell(Consumer<Stored> farewell) {
    farewells.add(farewell);
  }

  /// Everything there is, in the order of the ids.
  public List<Saved> saved() {
    leave();
    return byId.entrySet().stream()
        .map(
            entry ->
                new Saved(entry.getValue(), Optional.ofNullable(departures.get(entry.getKey()))))
        .toList();
  }

  /// Adds what was saved. Whoever waits for arrivals is told of each.
  public void restore(List<Saved> saved) {
    for (Saved one : saved) {
      put(one.resource());
      one.leavesAt().ifPresent(when -> departures.put(key(one.resource().id()), when));
    }
  }

  /// Does the work while no other thread works on this id.
  public <T> T alone(String id, Supplier<T> work) {
    ReentrantLock lock = locks.computeIfAbsent(key(id), _ -> new ReentrantLock());
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    Instant now = clock.now();
    for (Map.Entry<String, Instant> departure : departures.entrySet()) {
      boolean due = !departure.getValue().isAfter(now);
      if (due && departures.remove(departure.getKey(), departure.getValue())) {
        remove(departure.getKey());
      }
    }
  }

  private void drop(String key) {
    Stored gone = byId.remove(key);
    departures.remove(key);
    if (gone != null) {
      farewells.forEach(farewell -> farewell.accept(gone));
    }
  }

  private static String key(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
