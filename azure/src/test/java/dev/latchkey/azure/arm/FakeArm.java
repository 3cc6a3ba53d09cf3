// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import dev.latchkey.azure.fake.FakeTime;
import dev.latchkey.azure.fake.FakeWire;
import dev.latchkey.azure.transport.Agent;
import dev.latchkey.azure.transport.Transport;
import dev.latchkey.core.gate.Gate;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.resource.Token;
import java.net.URI;

/// ARM over a table of answers.
final class FakeArm {
  private FakeArm() {}

  static Arm over(FakeWire wire) {
    var transport =
        new Transport(wire, new Gate(Limits.azure()), new FakeTime(), new Agent("1.0", "run"));
    return new Arm(
        transport, URI.create("https://management.azure.com"), () -> new Token("the-token"));
  }
}
