// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import dev.latchkey.core.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs calls into Helm's native library on a bounded pool of platform threads.
///
/// Such a call pins its thread and cannot be interrupted: on virtual threads a few of them would
/// stop all others.
final class HelmCalls implements AutoCloseable {
  private static final int AT_A_TIME_MAX = 8;
  private static final long TAKE_BACK_MILLIS = 20;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AT_A_TIME_MAX,
          AT_A_TIME_MAX,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Thread.ofPlatform().name("helm-", 0).daemon().factory());
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("helm-signals").daemon().factory());
  private final Signals signals = new Signals();
  private final Duration bound;

  /// @param bound how long one call may take once its turn has come
  HelmCalls(Duration bound) {
    this.bound = bound;
  }

  /// Loads something on one of the threads; if that fails, whoever needs it says so.
  void prepare(Callable<?> load) {
    Future<?> _ = threads.submit(() -> called(load));
  }

  /// Runs one call.
  ///
  /// @param what the attempt, as the beginning of a sentence
  /// @throws IllegalStateException what Helm says when it fails
  <T> T run(String what, Callable<T> call) {
    int ahead = threads.getQueue().size();
    var begun = new CountDownLatch(1);
    Future<T> result =
        threads.submit(
            () -> {
              begun.countDown();
              return called(call);
            });
    try {
      if (!begun.await(turn(ahead).toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException("its turn did not come");
      }
      return result.get(bound.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      result.cancel(false); // if it still waits for its turn, it never begins
      throw new ProblemException(new HelmProblem.TookTooLong(what, bound), e);
    } catch (InterruptedException e) {
      result.cancel(false);
      Thread.currentThread().interrupt();
      throw new ProblemException(new HelmProblem.Interrupted(what), e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(String.valueOf(e.getCause()), e.getCause());
    }
  }

  /// How long it may take until this call's turn comes: hooks of others may need all of their time.
  private Duration turn(int ahead) {
    return bound.multipliedBy(ahead / AT_A_TIME_MAX + 1);
  }

  /// Helm's code takes the signals over somewhere in a call: a Ctrl-C must not be lost meanwhile.
  private <T> T called(Callable<T> call) throws Exception {
    Future<?> keeper =
        watch.scheduleAtFixedRate(
            signals::takeBack, TAKE_BACK_MILLIS, TAKE_BACK_MILLIS, TimeUnit.MILLISECONDS);
    try {
      return call.call();
    } finally {
      keeper.cancel(false);
      signals.takeBack();
    }
  }

  /// What happens at Ctrl-C.
  Signals signals() {
    return signals;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    watch.shutdownNow();
  }
}
