// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.rollout;

import dev.latchkey.core.gate.Call;
import dev.latchkey.core.plan.Fact;
import java.time.Duration;

/// What a step does, as far as time is concerned.
sealed interface Act {
  /// Sends a request and waits for its answer.
  record Ask(Call call) implements Act {}

  /// Sends a request whose answer is needed later.
  record Order(Call call) implements Act {}

  /// Waits for the answer of a request that was ordered.
  record Await(Call call) implements Act {}

  /// Lets time pass, whatever others do.
  record Take(Duration duration) implements Act {}

  /// Waits until something that was told is so old.
  record Settle(Fact since, Duration age) implements Act {}

  /// Makes something known; steps that need it may begin.
  record Tell(Fact fact) implements Act {}
}
