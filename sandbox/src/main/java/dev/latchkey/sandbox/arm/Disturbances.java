// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The disturbances of the next requests, one each. Safe for use by several threads.
public final class Disturbances {
  private final Queue<Disturbance> coming = new ConcurrentLinkedQueue<>();

  Disturbances() {}

  /// Disturbs one more request.
  public void add(Disturbance disturbance) {
    coming.add(disturbance);
  }

  /// The answer of a disturbed request.
  Optional<Answer> answer(ResourceType type, Call call) {
    return Optional.ofNullable(coming.poll()).map(disturbance -> answer(disturbance, type, call));
  }

  private static Answer answer(Disturbance disturbance, ResourceType type, Call call) {
    return switch (disturbance) {
      case Disturbance.CallerThrottled(Duration pause) ->
          RateCheck.callerThrottled(call, pause.toSeconds());
      case Disturbance.ActionThrottled throttled -> throttled(throttled, type, call);
      case Disturbance.NoAnswer() ->
          Refusal.of(
                  504,
                  "GatewayTimeout",
                  "The gateway did not receive a response from '%s' within the specified time period."
                      .formatted(call.target().namespace()))
              .with("x-ms-failure-cause", "service");
    };
  }

  private static Answer throttled(
      Disturbance.ActionThrottled throttled, ResourceType type, Call call) {
    Duration interval = throttled.interval();
    long seconds = throttled.pause().toSeconds();
    return Refusal.byGateway(
            429,
            "ResourceRequestsThrottled",
            "Number of requests for action '%s' exceeded the limit of '%d' for time interval '%02d:%02d:%02d'. Please try again after '%d' seconds."
                .formatted(
                    RightCheck.action(type, call),
                    throttled.limit(),
                    interval.toHours(),
                    interval.toMinutesPart(),
                    interval.toSecondsPart(),
                    seconds))
        .with("Retry-After", Long.toString(seconds));
  }
}
