// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.fake;

import dev.latchkey.azure.transport.Agent;
import dev.latchkey.azure.transport.Transport;
import dev.latchkey.core.gate.Gate;
import dev.latchkey.core.gate.Limits;

/// What most tests need.
public final class Fakes {
  private Fakes() {}

  /// A transport over a table of answers.
  public static Transport transport(FakeWire wire) {
    return new Transport(wire, new Gate(Limits.azure()), new FakeTime(), new Agent("1.0", "run"));
  }
}
