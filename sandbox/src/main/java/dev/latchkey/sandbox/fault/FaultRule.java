// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.fault;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which requests meet which fault.
///
/// @param operation what must be asked
/// @param service `arm`, `entra`, `issuer`, `keyvault` or `kubernetes`; empty for all
/// @param cluster its name; empty for all, and for requests that concern none
/// @param delay how long the request is held up first
/// @param effect what happens then
public record FaultRule(
    Operation operation,
    Optional<String> service,
    Optional<String> cluster,
    When when,
    Duration delay,
    Effect effect) {
  /// The rule on one line, for people.
  @Override
  public String toString() {
    return Stream.of(
            Optional.of(operation.toString()),
            service.map(name -> "at " + name),
            cluster.map(name -> "of " + name),
            Optional.of(when.words()),
            Optional.of("delayed by " + delay.toMillis() + " ms").filter(_ -> delay.isPositive()),
            Optional.of(effect.words()).filter(words -> !words.isEmpty()))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(", "));
  }

  /// Which of the requests are struck; each resource is counted by itself.
  public sealed interface When {
    /// As people say it.
    default String words() {
      return switch (this) {
        case Always() -> "always";
        case Nth(Set<Integer> numbers) -> "number " + new TreeSet<>(numbers);
        case Chance(double probability) -> "with probability " + probability;
      };
    }

    /// All of them.
    record Always() implements When {}

    /// The first, the third …
    ///
    /// @param numbers counted from 1
    record Nth(Set<Integer> numbers) implements When {
      public Nth {
        numbers = Set.copyOf(numbers);
      }
    }

    /// A share of them, chosen by the seed.
    ///
    /// @param probability above 0, at most 1
    record Chance(double probability) implements When {}
  }

  /// What happens to a request.
  public sealed interface Effect {
    /// As people say it; empty for nothing.
    default String words() {
      return switch (this) {
        case None() -> "";
        case Refuse(int status, String code, _, _) -> status + " " + code;
        case Reset(Side side) -> "connection reset " + side.name().toLowerCase(Locale.ROOT);
        case Truncate() -> "answer truncated";
        case Stale() -> "stale read";
      };
    }

    /// Nothing but the delay.
    record None() implements Effect {}

    /// It is refused without being looked at.
    ///
    /// @param retryAfter what the header of this name says, if it is sent
    record Refuse(int status, String code, String message, Optional<Duration> retryAfter)
        implements Effect {}

    /// The connection ends without an answer.
    record Reset(Side side) implements Effect {}

    /// The connection ends within the body of the answer.
    record Truncate() implements Effect {}

    /// A read answers what it would have before the last write.
    record Stale() implements Effect {}
  }

  /// Whether a write takes effect although its answer is lost.
  public enum Side {
    /// It does not.
    BEFORE,
    /// It does.
    AFTER
  }
}
