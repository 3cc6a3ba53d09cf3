// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// The same kind of request again and again, by several askers at once.
///
/// @param request does one; whatever it throws ends the measurement
record Load(Callable<?> request) {
  private static final int ASKERS = 4;

  /// What came of it.
  ///
  /// @param slowest what 99 of 100 requests stayed below
  record Result(double perSecond, Duration median, Duration slowest) {}

  static Load of(Callable<?> request) {
    return new Load(request);
  }

  Result during(Duration time) throws InterruptedException {
    long start = System.nanoTime();
    long end = start + time.toNanos();
    try (var askers = Executors.newFixedThreadPool(ASKERS)) {
      List<Future<long[]>> asked =
          askers.invokeAll(
              IntStream.range(0, ASKERS)
                  .mapToObj(_ -> (Callable<long[]>) () -> until(end))
                  .collect(Collectors.toList()));
      long[] all =
          asked.stream().flatMapToLong(one -> Arrays.stream(result(one))).sorted().toArray();
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Result(
          all.length / seconds,
          Duration.ofNanos(all[all.length / 2]),
          Duration.ofNanos(all[all.length * 99 / 100]));
    }
  }

  private long[] until(long end) throws Exception {
    var took = LongStream.builder();
    for (long now = System.nanoTime(); now < end; ) {
      request.call();
      long then = System.nanoTime();
      took.add(then - now);
      now = then;
    }
    return took.build().toArray();
  }

  private static long[] result(Future<long[]> asked) {
    try {
      return asked.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("a request failed", e);
    }
  }
}
