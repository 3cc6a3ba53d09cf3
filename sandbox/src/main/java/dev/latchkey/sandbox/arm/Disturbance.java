// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import java.time.Duration;

/// What keeps a request from its resource type though nothing is wrong with the request.
public sealed interface Disturbance {
  /// The caller's bucket of ARM is empty.
  ///
  /// @param pause until a token is there
  record CallerThrottled(Duration pause) implements Disturbance {}

  /// The action was asked for too often by everybody in the subscription.
  ///
  /// @param limit how often it may be in the interval
  /// @param pause until it may again
  record ActionThrottled(int limit, Duration interval, Duration pause) implements Disturbance {}

  /// The provider does not answer the gateway in time.
  record NoAnswer() implements Disturbance {}
}
