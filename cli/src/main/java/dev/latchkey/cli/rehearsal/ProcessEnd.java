// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.rehearsal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The end of this process, by Ctrl-C or a signal: whoever waits for it has five seconds to close
/// what is open, and closes this last.
final class ProcessEnd implements AutoCloseable {
  private static final long SECONDS = 5;

  private final CountDownLatch told = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  ProcessEnd() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::letClose));
  }

  /// Waits until the process is told to end.
  void await() throws InterruptedException {
    told.await();
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void letClose() {
    told.countDown();
    try {
      boolean _ = closed.await(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
