// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.azure.arm;

import dev.latchkey.azure.fake.FakeWire;
import dev.latchkey.azure.fake.Fakes;
import dev.latchkey.core.resource.Token;
import java.net.URI;

/// ARM over a table of answers.
final class FakeArm {
  private FakeArm() {}

  static Arm over(FakeWire wire) {
    return new Arm(
        Fakes.transport(wire),
        URI.create("https://management.azure.com"),
        () -> new Token("the-token"));
  }
}
