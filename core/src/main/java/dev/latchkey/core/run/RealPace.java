// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.event.WaitEnd;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.gate.Limits.Wait;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Time;
import dev.latchkey.core.problem.AzureAnswer;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.step.Pace;
import dev.latchkey.core.step.StepProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Waits through [Time], with pauses that grow with the lag's usual time.
final class RealPace implements Pace {
  private static final Duration SHORTEST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(15);
  private static final double GROWTH = 1.5;

  private final Time time;
  private final Limits limits;
  private final Waits waits;
  private final Map<Lag, Instant> announced = new EnumMap<>(Lag.class);

  RealPace(Time time, Limits limits, Waits waits) {
    this.time = time;
    this.limits = limits;
    this.waits = waits;
  }

  @Override
  public <T> T retry(Set<Lag> lags, Supplier<T> attempt) throws InterruptedException {
    Map<Lag, Wave> waves = new EnumMap<>(Lag.class);
    try {
      T result = attempt(lags, attempt, waves);
      waves.values().forEach(wave -> wave.over(WaitEnd.CAME));
      return result;
    } finally {
      waves.values().forEach(wave -> wave.over(WaitEnd.CUT));
    }
  }

  private <T> T attempt(Set<Lag> lags, Supplier<T> attempt, Map<Lag, Wave> waves)
      throws InterruptedException {
    while (true) {
      try {
        return attempt.get();
      } catch (ProblemException e) {
        Lag lag = lags.stream().filter(each -> shows(each, e.problem())).findFirst().orElse(null);
        if (lag == null) {
          throw e;
        }
        Wave wave = waves.computeIfAbsent(lag, Wave::new);
        if (!wave.rest()) {
          wave.over(WaitEnd.OUTLASTED);
          throw outlasted(wave, e);
        }
      }
    }
  }

  /// Nobody knows that a server which never answered restarts: then its host and what the network
  /// says tell more than the wait.
  private static ProblemException outlasted(Wave wave, ProblemException last) {
    return last.problem() instanceof AzureProblem.Unreachable
        ? last
        : new ProblemException(
            new StepProblem.LagOutlasted(wave.lag, wave.waited(), last.problem().answer()), last);
  }

  @Override
  public <T> T until(Lag lag, Supplier<Optional<T>> look) throws InterruptedException {
    var wave = new Wave(lag);
    Optional<T> found = look(wave, look);
    return found.orElseThrow(
        () ->
            new ProblemException(
                new StepProblem.LagOutlasted(lag, wave.waited(), Optional.<AzureAnswer>empty())));
  }

  @Override
  public <T> Optional<T> attempt(Lag lag, Supplier<Optional<T>> look) throws InterruptedException {
    return look(new Wave(lag), look);
  }

  @Override
  public void settle(Lag lag, Instant since) throws InterruptedException {
    Duration left = limits.wait(lag).usual().minus(Duration.between(since, time.now()));
    if (left.isPositive()) {
      var wave = new Wave(lag);
      try {
        wave.pause(left);
        wave.over(WaitEnd.CAME);
      } finally {
        wave.over(WaitEnd.CUT);
      }
    }
  }

  @Override
  public void announce(Lag lag) {
    announced.put(lag, time.now());
    waits.begin(lag);
  }

  @Override
  public void over(Lag lag, WaitEnd end) {
    Instant since = announced.remove(lag);
    if (since != null) {
      waits.end(lag, Duration.between(since, time.now()), end);
    }
  }

  @Override
  public Duration usual(Lag lag) {
    return limits.wait(lag).usual();
  }

  @Override
  public Duration bound(Lag lag) {
    return limits.wait(lag).bound();
  }

  @Override
  public boolean within(Lag lag, Instant since) {
    return Duration.between(since, time.now()).compareTo(bound(lag)) < 0;
  }

  private <T> Optional<T> look(Wave wave, Supplier<Optional<T>> look) throws InterruptedException {
    try {
      Optional<T> found = look.get();
      while (found.isEmpty() && wave.rest()) {
        found = look.get();
      }
      wave.over(found.isPresent() ? WaitEnd.CAME : WaitEnd.OUTLASTED);
      return found;
    } finally {
      wave.over(WaitEnd.CUT);
    }
  }

  private static boolean shows(Lag lag, Problem problem) {
    if (lag == Lag.API_SERVER_RESTARTING) {
      return problem instanceof AzureProblem.Unreachable;
    }
    return problem.answer().filter(lag::shows).isPresent();
  }

  /// One wait, from its first pause on.
  private final class Wave {
    private final Lag lag;
    private final Instant start = time.now();
    private boolean told;
    private boolean over;
    private Duration pause;

    Wave(Lag lag) {
      this.lag = lag;
      this.pause = clamp(limits.wait(lag).usual().dividedBy(8), Duration.ofSeconds(5));
    }

    /// Pauses; false when the bound has passed already.
    boolean rest() throws InterruptedException {
      Wait wait = limits.wait(lag);
      Duration left = wait.bound().minus(waited());
      if (!left.isPositive()) {
        return false;
      }
      pause(pause.compareTo(left) < 0 ? pause : left);
      Duration longest = clamp(wait.usual().dividedBy(3), LONGEST);
      Duration next = Duration.ofNanos((long) (pause.toNanos() * GROWTH));
      pause = next.compareTo(longest) < 0 ? next : longest;
      return true;
    }

    void pause(Duration length) throws InterruptedException {
      if (!told) {
        told = true;
        waits.begin(lag);
      }
      time.pause(length);
    }

    /// Tells the first end of a wait that was told; what comes later is no end.
    void over(WaitEnd end) {
      if (told && !over) {
        over = true;
        waits.end(lag, waited(), end);
      }
    }

    Duration waited() {
      return Duration.between(start, time.now());
    }

    private static Duration clamp(Duration wish, Duration most) {
      Duration atMost = wish.compareTo(most) < 0 ? wish : most;
      return atMost.compareTo(SHORTEST) > 0 ? atMost : SHORTEST;
    }
  }
}
