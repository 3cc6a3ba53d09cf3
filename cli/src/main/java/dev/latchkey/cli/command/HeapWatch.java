// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.core.port.Time;
import java.time.Duration;

/// Has the whole heap collected each time that what is in use has grown by half.
///
/// The launcher takes the serial collector, the smallest there is. By itself it looks at what is
/// old only when the heap cannot grow any more, which is at a quarter of the machine's memory: with
/// a thousand clusters the heap was more than twice as large as what was in use of it.
final class HeapWatch implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(250);

  /// What is in use of a smaller heap is not worth a collection; in bytes.
  private static final long SMALL = 96L << 20;

  private final Thread thread;

  private HeapWatch(Time time) {
    thread = Thread.ofPlatform().daemon().name("heap-watch").start(() -> run(time));
  }

  /// Watches until it is closed.
  static HeapWatch begun(Time time) {
    return new HeapWatch(time);
  }

  /// When to collect.
  static final class Growth {
    private long after = SMALL;

    /// @param used bytes of the heap in use, with what nobody needs any more
    boolean isDue(long used) {
      return used > after + after / 2;
    }

    /// @param used bytes of the heap in use right after it was collected
    void collected(long used) {
      after = Math.max(SMALL, used);
    }
  }

  private static void run(Time time) {
    var growth = new Growth();
    Runtime machine = Runtime.getRuntime();
    try {
      while (true) {
        time.pause(LOOK);
        if (growth.isDue(used(machine))) {
          System.gc();
          growth.collected(used(machine));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private static long used(Runtime machine) {
    return machine.totalMemory() - machine.freeMemory();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
