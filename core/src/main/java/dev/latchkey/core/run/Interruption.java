// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Lets somebody end a run early: nothing new is begun, every wait ends at once, and requests that
/// are in flight are let finish. Any thread may use it; all access goes through its lock.
public final class Interruption {
  private final Lock lock = new ReentrantLock();
  private final Time time;
  private final Set<Thread> waiting = new HashSet<>();
  private final Moment request = new Moment();
  private final Moment givingUp = new Moment();

  /// Nothing is interrupted yet.
  public Interruption(Time time) {
    this.time = time;
  }

  /// The time whose pauses end with the run. All who wait during the run wait by it.
  public Time time() {
    return new EndingTime();
  }

  /// Ends the run as soon as what is in flight is done.
  public void request() {
    List<Runnable> told;
    lock.lock();
    try {
      told = request.come();
      waiting.forEach(Thread::interrupt);
    } finally {
      lock.unlock();
    }
    told.forEach(Runnable::run);
  }

  /// Ends the run without what is still in flight.
  public void giveUp() {
    request();
    List<Runnable> told;
    lock.lock();
    try {
      told = givingUp.come();
    } finally {
      lock.unlock();
    }
    told.forEach(Runnable::run);
  }

  /// Whether the run is being ended.
  public boolean isRequested() {
    lock.lock();
    try {
      return request.isPast();
    } finally {
      lock.unlock();
    }
  }

  /// Calls this once: at the request, or at once if it was made already.
  void whenRequested(Runnable told) {
    at(request, told);
  }

  /// Calls this once: when the run is given up, or at once if it was already.
  void whenGivenUp(Runnable told) {
    at(givingUp, told);
  }

  private void at(Moment moment, Runnable told) {
    boolean late;
    lock.lock();
    try {
      late = moment.isPast();
      if (!late) {
        moment.tell(told);
      }
    } finally {
      lock.unlock();
    }
    if (late) {
      told.run();
    }
  }

  /// Waits for something that ends when the run is interrupted, as if the thread was.
  void during(Wait wait) throws InterruptedException {
    enter();
    try {
      wait.run();
    } finally {
      leave();
    }
    if (isRequested()) {
      throw new InterruptedException("the run was interrupted");
    }
  }

  private void enter() throws InterruptedException {
    lock.lock();
    try {
      if (request.isPast()) {
        throw new InterruptedException("the run was interrupted");
      }
      waiting.add(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }

  /// An interrupt that came too late for the wait must not cut the next request.
  private void leave() {
    lock.lock();
    try {
      waiting.remove(Thread.currentThread());
      if (request.isPast()) {
        boolean _ = Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }

  /// A wait that can be interrupted.
  interface Wait {
    void run() throws InterruptedException;
  }

  /// Something that happens once; used under the lock.
  private static final class Moment {
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean past;

    boolean isPast() {
      return past;
    }

    void tell(Runnable told) {
      waiting.add(told);
    }

    /// It happens now.
    ///
    /// @return who is to be told, the first time
    List<Runnable> come() {
      past = true;
      List<Runnable> told = List.copyOf(waiting);
      waiting.clear();
      return told;
    }
  }

  private final class EndingTime implements Time {
    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
      during(() -> time.pause(duration));
    }
  }
}
