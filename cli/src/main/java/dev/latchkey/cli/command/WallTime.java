// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import dev.latchkey.core.port.Time;
import java.time.Duration;
import java.time.Instant;

/// The machine's clock.
public final class WallTime implements Time {
  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }
}
