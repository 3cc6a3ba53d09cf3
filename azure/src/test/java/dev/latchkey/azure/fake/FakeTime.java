// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.fake;

import dev.latchkey.core.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Time that passes only when somebody waits.
public final class FakeTime implements Time {
  /// The waits, in order.
  public final List<Duration> pauses = new ArrayList<>();

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void pause(Duration duration) {
    pauses.add(duration);
    now = now.plus(duration);
  }
}
