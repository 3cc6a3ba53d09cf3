// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.server;

import dev.latchkey.sandbox.fault.FaultRule;
import dev.latchkey.sandbox.fault.FaultRule.Effect;
import dev.latchkey.sandbox.fault.FaultRule.Side;
import dev.latchkey.sandbox.fault.FaultRule.When;
import dev.latchkey.sandbox.fault.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The weather of the profile `stormy`: one request in fifty fails, half of these without an
/// answer.
final class Storm {
  private static final Operation ANY = new Operation("*", "*");
  private static final double SHARE = 0.01;

  static final List<FaultRule> RULES =
      List.of(
          rule(new Effect.Reset(Side.BEFORE)),
          rule(
              new Effect.Refuse(
                  503,
                  "ServiceUnavailable",
                  "The service is temporarily unavailable. Retry the request.",
                  Optional.of(Duration.ofSeconds(1)))));

  private Storm() {}

  private static FaultRule rule(Effect effect) {
    return new FaultRule(
        ANY, Optional.empty(), Optional.empty(), new When.Chance(SHARE), Duration.ZERO, effect);
  }
}
