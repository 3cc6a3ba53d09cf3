// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.kubernetes;

import dev.latchkey.sandbox.schema.Kind;
import dev.latchkey.sandbox.schema.Trees;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// The objects of one cluster, with one resource version for all and a bounded log of changes.
///
/// A stored tree is never changed again: who wants a change copies it and puts the copy. Safe for
/// use by several threads; what must not be disturbed between reading and writing runs in
/// [#alone(Supplier)].
public final class Store {
  private static final int LOG_LIMIT = 4000;

  /// What happened to one object.
  ///
  /// @param before what stood there, absent when it is new
  /// @param object what stands there, or what stood there last when it was deleted
  public record Change(
      long version, Type type, Kind kind, Optional<ObjectNode> before, ObjectNode object) {
    /// The three things that can happen; their names are those of watch events.
    public enum Type {
      ADDED,
      MODIFIED,
      DELETED
    }
  }

  /// Objects of one type, as of one resource version.
  record Listing(long version, List<ObjectNode> objects) {}

  private record Place(String namespace, String name) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byNamespace = namespace.compareTo(other.namespace);
      return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Kind, NavigableMap<Place, ObjectNode>> objects = new HashMap<>();
  private final Deque<Change> log = new ArrayDeque<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private long version = 1;
  private long forgotten = 1;

  /// Tells every later change, on the thread that makes it and while the store is locked: the
  /// listener only takes a note.
  public void listen(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /// Runs it while nobody else reads or writes.
  <T> T alone(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /// All objects of some types, as of one resource version.
  Listing everything(Collection<Kind> kinds) {
    return alone(
        () ->
            new Listing(
                version, kinds.stream().flatMap(kind -> of(kind).values().stream()).toList()));
  }

  /// Puts objects that have their resource versions already, and goes on from this one. Who watched
  /// from an earlier version has to list again.
  void restore(Kind kind, ObjectNode object, long saved) {
    alone(
        () -> {
          ObjectNode metadata = Trees.child(object, "metadata");
          var place = new Place(Trees.text(metadata, "namespace"), Trees.text(metadata, "name"));
          version = saved;
          forgotten = saved;
          return Optional.ofNullable(of(kind).put(place, object));
        });
  }

  /// The object of this name; the namespace is empty for types of the cluster's own scope.
  public Optional<ObjectNode> find(Kind kind, String namespace, String name) {
    return alone(() -> Optional.ofNullable(of(kind).get(new Place(namespace, name))));
  }

  /// All objects of a type, in all namespaces when none is named, in the order of their names.
  public List<ObjectNode> list(Kind kind, String namespace) {
    return listing(kind, namespace).objects();
  }

  Listing listing(Kind kind, String namespace) {
    return alone(
        () -> {
          if (namespace.isEmpty()) {
            return new Listing(version, List.copyOf(of(kind).values()));
          }
          // '\0' sorts after the namespace itself and before every longer name
          var part = of(kind).subMap(new Place(namespace, ""), new Place(namespace + "\0", ""));
          return new Listing(version, List.copyOf(part.values()));
        });
  }

  /// Puts the object, which then carries the next resource version.
  ObjectNode put(Kind kind, ObjectNode object) {
    return alone(
        () -> {
          ObjectNode metadata = Trees.child(object, "metadata");
          var place = new Place(Trees.text(metadata, "namespace"), Trees.text(metadata, "name"));
          long next = ++version;
          metadata.put("resourceVersion", Long.toString(next));
          Optional<ObjectNode> before = Optional.ofNullable(of(kind).put(place, object));
          var type = before.isPresent() ? Change.Type.MODIFIED : Change.Type.ADDED;
          record(new Change(next, type, kind, before, object));
          return object;
        });
  }

  /// Takes the object away; its last state, as watchers see it, or empty when it was not there.
  Optional<ObjectNode> remove(Kind kind, String namespace, String name) {
    return alone(
        () -> {
          ObjectNode before = of(kind).remove(new Place(namespace, name));
          if (before == null) {
            return Optional.empty();
          }
          long next = ++version;
          ObjectNode last = before.deepCopy();
          Trees.child(last, "metadata").put("resourceVersion", Long.toString(next));
          record(new Change(next, Change.Type.DELETED, kind, Optional.of(before), last));
          return Optional.of(last);
        });
  }

  /// The version of the latest change.
  public long version() {
    return alone(() -> version);
  }

  /// The changes after a version; empty when the log no longer reaches back so far.
  Optional<List<Change>> since(long seen) {
    return alone(
        () -> {
          if (seen < forgotten) {
            return Optional.empty();
          }
          var later = new ArrayList<Change>();
          for (var all = log.descendingIterator(); all.hasNext(); ) {
            Change change = all.next();
            if (change.version() <= seen) {
              break;
            }
            later.addFirst(change);
          }
          return Optional.of(later);
        });
  }

  /// Waits until there is a change after the version; the nanoseconds that are left of the wait.
  long await(long seen, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (version <= seen && left > 0) {
        left = changed.awaitNanos(left);
      }
      return left;
    } finally {
      lock.unlock();
    }
  }

  /// How many changes a watcher may miss and still go on where it stopped.
  static int logLimit() {
    return LOG_LIMIT;
  }

  static long seconds(long count) {
    return TimeUnit.SECONDS.toNanos(count);
  }

  private NavigableMap<Place, ObjectNode> of(Kind kind) {
    return objects.computeIfAbsent(kind, _ -> new TreeMap<>());
  }

  private void record(Change change) {
    log.addLast(change);
    if (log.size() > LOG_LIMIT) {
      forgotten = log.removeFirst().version();
    }
    changed.signalAll();
    listeners.forEach(listener -> listener.accept(change));
  }
}
