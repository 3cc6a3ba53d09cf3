// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import java.time.Duration;
import java.time.Instant;

/// Time as an input: the tests decide how fast it goes.
public interface Time {
  /// The present moment.
  Instant now();

  /// Parks the calling thread for a while.
  void pause(Duration duration) throws InterruptedException;
}
