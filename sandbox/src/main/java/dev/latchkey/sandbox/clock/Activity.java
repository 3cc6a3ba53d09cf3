// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.clock;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// How much the simulated world has to do at this moment: whoever drives its clock lets time pass
/// only when nothing is being done. Safe for use by several threads.
public final class Activity {
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong turns = new AtomicLong();

  /// A piece of work began.
  public void begins() {
    working.incrementAndGet();
    turns.incrementAndGet();
  }

  /// It ended, or is done until somebody else does something, as a watch is.
  public void ends() {
    working.decrementAndGet();
    turns.incrementAndGet();
  }

  /// A piece of work waits until time has passed.
  public void waits() {
    waiting.incrementAndGet();
    ends();
  }

  /// It goes on.
  public void goesOn() {
    begins();
    waiting.decrementAndGet();
  }

  /// How many pieces of work are being done.
  public int working() {
    return working.get();
  }

  /// How many wait until time has passed.
  public int waiting() {
    return waiting.get();
  }

  /// How often anything began or ended: the same number twice means that nothing happened between.
  public long turns() {
    return turns.get();
  }
}
