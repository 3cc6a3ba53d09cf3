// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import dev.latchkey.core.event.WaitEnd;
import dev.latchkey.core.gate.Lag;
import java.time.Duration;

/// Who is told of waits.
interface Waits {
  /// A wait begins: told once for each.
  void begin(Lag lag);

  /// A wait that began is over.
  void end(Lag lag, Duration took, WaitEnd end);
}
