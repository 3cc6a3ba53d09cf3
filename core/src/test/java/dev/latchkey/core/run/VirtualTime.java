// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/// Time that passes only when somebody pauses.
final class VirtualTime implements Time {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

  @Override
  public Instant now() {
    return now.get();
  }

  @Override
  public void pause(Duration duration) {
    now.updateAndGet(time -> time.plus(duration));
  }
}
