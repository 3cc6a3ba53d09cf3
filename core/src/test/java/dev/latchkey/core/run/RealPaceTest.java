// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.event.WaitEnd;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.step.StepProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RealPaceTest {
  private static final AzureAnswer NOT_FOUND =
      new AzureAnswer(400, "PrincipalNotFound", "does not exist", "c-1");

  private final VirtualTime time = new VirtualTime();
  private final List<Lag> told = new ArrayList<>();
  private final List<String> ended = new ArrayList<>();
  private final RealPace pace =
      new RealPace(
          time,
          Limits.azure(),
          new Waits() {
            @Override
            public void begin(Lag lag) {
              told.add(lag);
            }

            @Override
            public void end(Lag lag, Duration took, WaitEnd end) {
              ended.add("%s %s after %s".formatted(lag, end.word(), took));
            }
          });

  @Test
  void triesAgainWhileTheLagShowsAndTellsItOnce() throws InterruptedException {
    var asked = new AtomicInteger();

    String result =
        pace.retry(
            Lag.PRINCIPAL_NOT_YET_FOUND,
            () -> {
              if (asked.incrementAndGet() < 4) {
                throw refused(NOT_FOUND);
              }
              return "made";
            });

    assertThat(result).isEqualTo("made");
    assertThat(asked).hasValue(4);
    assertThat(told).containsExactly(Lag.PRINCIPAL_NOT_YET_FOUND);
  }

  @Test
  void givesUpAtTheBoundAndKeepsTheLastAnswer() {
    Instant start = time.now();

    assertThatThrownBy(
            () ->
                pace.retry(
                    Lag.PRINCIPAL_NOT_YET_FOUND,
                    () -> {
                      throw refused(NOT_FOUND);
                    }))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem())
                    .isEqualTo(
                        new StepProblem.LagOutlasted(
                            Lag.PRINCIPAL_NOT_YET_FOUND,
                            Duration.ofMinutes(5),
                            Optional.of(NOT_FOUND))));
    assertThat(Duration.between(start, time.now())).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void saysWhichServerDoesNotAnswerOnceItHasWaitedForIt() {
    Instant start = time.now();
    var silent = new AzureProblem.Unreachable("Looking", "aks-weu-1", "no such host");

    assertThatThrownBy(
            () ->
                pace.retry(
                    Lag.API_SERVER_RESTARTING,
                    () -> {
                      throw new ProblemException(silent);
                    }))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(silent));
    assertThat(Duration.between(start, time.now())).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void doesNotWaitForAStoppedClusterAsForABusyOne() {
    Instant start = time.now();
    var stopped = new AzureAnswer(400, "OperationNotAllowed", "in stopped state", "");

    assertThatThrownBy(
            () ->
                pace.retry(
                    Lag.CLUSTER_BUSY,
                    () -> {
                      throw refused(stopped);
                    }))
        .isInstanceOf(ProblemException.class);
    assertThat(time.now()).isEqualTo(start);
  }

  @Test
  void doesNotWaitForWhatIsNoLag() {
    Instant start = time.now();
    var denied = new AzureAnswer(403, "AuthorizationFailed", "no", "");

    assertThatThrownBy(
            () ->
                pace.retry(
                    Set.of(Lag.PRINCIPAL_NOT_YET_FOUND, Lag.IDENTITY_NOT_YET_FOUND),
                    () -> {
                      throw refused(denied);
                    }))
        .isInstanceOf(ProblemException.class);
    assertThat(time.now()).isEqualTo(start);
    assertThat(told).isEmpty();
  }

  @Test
  void letsOnlyTheRestOfTheUsualTimePass() throws InterruptedException {
    Instant written = time.now();
    time.pause(Duration.ofSeconds(10));

    pace.settle(Lag.CREDENTIAL_SETTLING, written);

    assertThat(Duration.between(written, time.now())).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void tellsHowLongEachWaitTookAndHowItEnded() throws InterruptedException {
    var asked = new AtomicInteger();

    pace.until(
        Lag.WEBHOOK_NOT_YET_SERVING,
        () -> asked.incrementAndGet() < 3 ? Optional.empty() : Optional.of("there"));
    pace.attempt(Lag.CREDENTIAL_WRITES_COLLIDE, Optional::empty);
    pace.settle(Lag.CREDENTIAL_SETTLING, time.now());

    assertThat(ended)
        .containsExactly(
            "WEBHOOK_NOT_YET_SERVING came after PT6.25S",
            "CREDENTIAL_WRITES_COLLIDE outlasted after PT2M",
            "CREDENTIAL_SETTLING came after PT15S");
  }

  @Test
  void tellsThatAnotherRefusalCutAWait() {
    var asked = new AtomicInteger();

    assertThatThrownBy(
            () ->
                pace.retry(
                    Lag.PRINCIPAL_NOT_YET_FOUND,
                    () -> {
                      throw asked.incrementAndGet() < 2
                          ? refused(NOT_FOUND)
                          : refused(new AzureAnswer(403, "AuthorizationFailed", "no", ""));
                    }))
        .isInstanceOf(ProblemException.class);

    assertThat(ended).containsExactly("PRINCIPAL_NOT_YET_FOUND cut after PT2.5S");
  }

  @Test
  void tellsTheEndOnlyOfWhatWasAnnounced() throws InterruptedException {
    pace.over(Lag.ROLLOUT, WaitEnd.CAME);
    pace.announce(Lag.ROLLOUT);
    time.pause(Duration.ofSeconds(7));
    pace.over(Lag.ROLLOUT, WaitEnd.CAME);
    pace.over(Lag.ROLLOUT, WaitEnd.CAME);

    assertThat(ended).containsExactly("ROLLOUT came after PT7S");
  }

  private static ProblemException refused(AzureAnswer answer) {
    return new ProblemException(new AzureProblem.Refused("A request", answer));
  }
}
