// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Does something for 0, 1, 2 … on several threads until there is nothing more to do.
///
/// @param threads how many at a time
record SideBySide(int threads) {
  /// What is done for a number; empty when there is nothing to do from it on.
  interface Work<T> {
    Optional<T> of(int number) throws Exception;
  }

  /// @param each told every result, one at a time, as it comes
  <T> List<T> all(Work<T> work, Consumer<T> each) throws InterruptedException {
    var next = new AtomicInteger();
    var over = new AtomicBoolean();
    var results = new ArrayList<T>();
    Callable<Boolean> worker =
        () -> {
          while (!over.get()) {
            Optional<T> result;
            try {
              result = work.of(next.getAndIncrement());
            } catch (Exception e) {
              over.set(true);
              throw e;
            }
            if (result.isEmpty()) {
              over.set(true);
            } else {
              tell(results, result.get(), each);
            }
          }
          return true;
        };
    try (var executor = Executors.newFixedThreadPool(threads)) {
      List<Future<Boolean>> workers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        workers.add(executor.submit(worker));
      }
      for (Future<Boolean> running : workers) {
        boolean _ = running.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    }
    return results;
  }

  private static <T> void tell(List<T> results, T result, Consumer<T> each) {
    synchronized (results) {
      results.add(result);
      each.accept(result);
    }
  }
}
