// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.clock;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What the simulated world has to do by itself, and when: controllers, kubelets, refreshed tokens.
///
/// One daemon thread runs all tasks, in the order of their due moments by the sandbox's clock, so
/// no two tasks run at once. A task never blocks; what has to wait starts a thread of its own.
public final class Agenda implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Agenda.class.getName());

  /// The clock may be moved forward at any time without a word to us: the longest unnoticed move.
  private static final Duration LONGEST_NAP = Duration.ofMillis(200);

  private record Entry(Instant due, long number, Runnable task) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byDue = due.compareTo(other.due);
      return byDue != 0 ? byDue : Long.compare(number, other.number);
    }
  }

  private final SandboxClock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long entered;
  private boolean running;
  private boolean closed;

  /// An empty agenda, its thread started.
  public Agenda(SandboxClock clock) {
    this.clock = clock;
    Thread.ofPlatform().daemon().name("sandbox-agenda").start(this::run);
  }

  /// Runs the task as soon as the earlier ones are done.
  public void soon(Runnable task) {
    at(clock.now(), task);
  }

  /// Runs the task when so much time of the sandbox has passed.
  public void after(Duration wait, Runnable task) {
    at(clock.now().plus(wait), task);
  }

  /// Runs the task when the sandbox's clock has reached the moment; after [#close()] never.
  public void at(Instant due, Runnable task) {
    lock.lock();
    try {
      entries.add(new Entry(due, entered++, task));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether a task runs, or is due.
  public boolean works() {
    lock.lock();
    try {
      return running || (entries.peek() != null && !entries.peek().due().isAfter(clock.now()));
    } finally {
      lock.unlock();
    }
  }

  /// When the next task is due; empty without one.
  public Optional<Instant> due() {
    lock.lock();
    try {
      return Optional.ofNullable(entries.peek()).map(Entry::due);
    } finally {
      lock.unlock();
    }
  }

  /// Looks at the clock, which has moved.
  public void clockMoved() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Forgets what is left; a task that is running ends by itself.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      entries.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (Optional<Entry> entry = next(); entry.isPresent(); entry = next()) {
        perform(entry.get().task());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The next entry, when it is due; empty once the agenda is closed.
  private Optional<Entry> next() throws InterruptedException {
    lock.lock();
    try {
      running = false;
      while (true) {
        if (closed) {
          return Optional.empty();
        }
        Entry first = entries.peek();
        Instant now = clock.now();
        if (first != null && !first.due().isAfter(now)) {
          entries.remove(first);
          running = true;
          return Optional.of(first);
        }
        if (first == null) {
          changed.await();
        } else {
          Duration left = Duration.between(now, first.due());
          Duration nap = left.compareTo(LONGEST_NAP) < 0 ? left : LONGEST_NAP;
          boolean _ = changed.await(Math.max(1, nap.toMillis()), TimeUnit.MILLISECONDS);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// One failing task must not stop the simulated world.
  private static void perform(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a task of the sandbox's agenda failed: this is a bug in latchkey", e);
    }
  }
}
