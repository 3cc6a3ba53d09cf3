// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HelmCallsTest {
  private final CountDownLatch never = new CountDownLatch(1);

  @Test
  void theWaitForItsTurnIsNotCountedAsTheTimeThatACallTakes() throws Exception {
    try (var calls = new HelmCalls(Duration.ofSeconds(5));
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> rounds = // sixteen of them, eight calls at a time: 5.6 s
          IntStream.range(0, 128)
              .mapToObj(number -> callers.submit(() -> calls.run("Calling", () -> slow(number))))
              .toList();

      for (int i = 0; i < 128; i++) {
        assertThat(rounds.get(i).get()).isEqualTo(i);
      }
    }
  }

  @Test
  void aCallThatDoesNotEndIsGivenUp() {
    try (var calls = new HelmCalls(Duration.ofMillis(50))) {
      assertThatThrownBy(() -> calls.run("Calling", () -> never.await(20, TimeUnit.SECONDS)))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refusal ->
                  assertThat(refusal.problem())
                      .isEqualTo(new HelmProblem.TookTooLong("Calling", Duration.ofMillis(50))));
    }
  }

  private int slow(int number) throws InterruptedException {
    boolean _ = never.await(350, TimeUnit.MILLISECONDS);
    return number;
  }
}
