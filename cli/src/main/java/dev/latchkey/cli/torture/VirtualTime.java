// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.core.port.Time;
import dev.latchkey.sandbox.clock.Activity;
import dev.latchkey.sandbox.server.Sandbox;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import jdk.management.VirtualThreadSchedulerMXBean;

/// Time of an engine and of its sandbox alike: it stands still while anybody does something, and
/// jumps to the next due moment when everybody waits.
///
/// Everybody waits when no request is being answered, no task of the sandbox is due, and every call
/// of the engine's ports ([CountedPorts]) is over or pauses here. Between two calls the engine only
/// computes, on virtual threads: while one of them runs or could run, nobody is calm, however busy
/// the machine is with other things.
///
/// A port's call may also wait for a lock whose owner pauses here. That shows by nothing happening
/// for a long while, and then time passes nevertheless.
final class VirtualTime implements InstantSource, AutoCloseable {
  private static final Duration LOOK = Duration.ofNanos(150_000);
  private static final int CALM_LOOKS = 3;
  private static final Duration PATIENCE = Duration.ofMillis(150);

  /// Without anything happening for so long of the machine's time, the engine hangs.
  static final Duration HANG = Duration.ofSeconds(30);

  /// Nothing that an engine does in one run takes longer, waits at their bounds included.
  static final Duration LONGEST_RUN = Duration.ofHours(6);

  private record Pause(Instant due, Life life, CountDownLatch over) {}

  /// Time as one engine knows it: none of its pauses goes on after its end.
  final class Life implements Time {
    private volatile boolean over;

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
      if (duration.isPositive()) {
        VirtualTime.this.pause(duration, this);
      }
    }

    /// Whoever pauses in it, now or later, is interrupted: the engine has died.
    void end() {
      over = true;
      awake(pause -> pause.life().equals(this));
    }

    boolean isOver() {
      return over;
    }
  }

  private final VirtualThreadSchedulerMXBean threads =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
  private final Time machine;
  private final Instant start;
  private final Activity product = new Activity();
  private final Activity helm = new Activity();
  private final Lock lock = new ReentrantLock();
  private final PriorityQueue<Pause> pauses = new PriorityQueue<>(Comparator.comparing(Pause::due));
  private volatile Instant now;
  private volatile String stopped = "";

  /// @param machine real time, by which a hang is told
  VirtualTime(Time machine, Instant start) {
    this.machine = machine;
    this.start = start;
    this.now = start;
  }

  /// What the calls of the engine's ports are counted by.
  Activity product() {
    return product;
  }

  /// What calls into Helm are counted by too: they compute for long, so they never pass for
  /// waiting.
  Activity helm() {
    return helm;
  }

  /// Lets time pass for this sandbox from now on.
  void drive(Sandbox sandbox) {
    Thread.ofPlatform().daemon().name("virtual-time").start(() -> run(sandbox));
  }

  /// Time for a new engine.
  Life life() {
    return new Life();
  }

  @Override
  public Instant instant() {
    return now;
  }

  private void pause(Duration duration, Life life) throws InterruptedException {
    var pause = new Pause(now.plus(duration), life, new CountDownLatch(1));
    add(pause);
    boolean inPort = CountedPorts.isInside();
    if (inPort) {
      product.waits();
    }
    try {
      pause.over().await();
    } finally {
      boolean awoken = !remove(pause);
      // who is awoken was counted as working by whoever awoke it
      if (inPort) {
        product.goesOn();
      }
      if (awoken) {
        product.ends();
      }
    }
    mayGoOn(life);
  }

  private void mayGoOn(Life life) throws InterruptedException {
    if (life.over || !stopped.isEmpty()) {
      throw new InterruptedException("this engine is over");
    }
  }

  private void add(Pause pause) throws InterruptedException {
    lock.lock();
    try {
      mayGoOn(pause.life());
      pauses.add(pause);
    } finally {
      lock.unlock();
    }
  }

  private boolean remove(Pause pause) {
    lock.lock();
    try {
      return pauses.remove(pause);
    } finally {
      lock.unlock();
    }
  }

  /// Why nothing goes on any more; empty while it does.
  String stopped() {
    return stopped;
  }

  private void run(Sandbox sandbox) {
    long seen = -1;
    int calm = 0;
    Instant changed = machine.now();
    try {
      while (stopped.isEmpty()) {
        machine.pause(LOOK);
        long turns = product.turns() + sandbox.activity().turns();
        calm = turns == seen ? calm + 1 : 0;
        seen = turns;
        Instant real = machine.now();
        changed = calm == 0 ? real : changed;
        Duration still = Duration.between(changed, real);
        if (calm >= CALM_LOOKS && isCalm(sandbox, still) && jump(sandbox)) {
          changed = real;
          calm = 0;
        } else if (still.compareTo(HANG) > 0) {
          stop(
              "nothing happened for %d real seconds; %s"
                  .formatted(HANG.toSeconds(), standstill(sandbox)));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isCalm(Sandbox sandbox, Duration still) {
    Activity served = sandbox.activity();
    if (served.working() > 0 || sandbox.agenda().works()) {
      return false;
    }
    if (still.compareTo(PATIENCE) < 0 && computes()) {
      return false;
    }
    Activity counted = still.compareTo(PATIENCE) > 0 ? helm : product;
    return counted.working() <= served.waiting();
  }

  /// Who is said to work, and what each thread does.
  private String standstill(Sandbox sandbox) {
    Activity served = sandbox.activity();
    return "%d calls of the engine, %d of Helm, %d requests being answered, %d waiting%s; %s"
        .formatted(
            product.working(),
            helm.working(),
            served.working(),
            served.waiting(),
            sandbox.agenda().works() ? ", the sandbox at work" : "",
            ThreadPicture.taken());
  }

  private boolean computes() {
    return threads.getMountedVirtualThreadCount() > 0 || threads.getQueuedVirtualThreadCount() > 0;
  }

  /// Moves to the next moment at which somebody goes on; false when nobody waits for one.
  private boolean jump(Sandbox sandbox) {
    List<Pause> due = new ArrayList<>();
    lock.lock();
    try {
      Optional<Instant> engine = Optional.ofNullable(pauses.peek()).map(Pause::due);
      if (engine.isEmpty() && sandbox.activity().waiting() == 0) {
        return false;
      }
      Optional<Instant> world = sandbox.agenda().due();
      Instant next = earlier(engine, world).orElse(now);
      now = next.isAfter(now) ? next : now;
      while (pauses.peek() != null && !pauses.peek().due().isAfter(now)) {
        due.add(pauses.remove());
        product.begins();
      }
    } finally {
      lock.unlock();
    }
    due.forEach(pause -> pause.over().countDown());
    sandbox.agenda().clockMoved();
    if (Duration.between(start, now).compareTo(LONGEST_RUN) > 0) {
      stop("it went on for " + LONGEST_RUN.toHours() + " hours of virtual time");
    }
    return true;
  }

  private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
    return one.filter(moment -> other.filter(moment::isAfter).isEmpty()).or(() -> other);
  }

  /// Lets nobody wait any more: every pause ends as if its thread were interrupted.
  private void stop(String reason) {
    if (stopped.isEmpty()) {
      stopped = reason;
    }
    awake(_ -> true);
  }

  private void awake(Predicate<Pause> whose) {
    List<Pause> left;
    lock.lock();
    try {
      left = pauses.stream().filter(whose).toList();
      pauses.removeAll(left);
      left.forEach(_ -> product.begins());
    } finally {
      lock.unlock();
    }
    left.forEach(pause -> pause.over().countDown());
  }

  @Override
  public void close() {
    stop("it was closed");
  }
}
