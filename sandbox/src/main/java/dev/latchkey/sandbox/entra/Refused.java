// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.entra;

import java.io.Serial;

/// Ends the checks of a token request at the first one that fails.
final class Refused extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Refusal why;

  Refused(Refusal why) {
    super(why.toString(), null, false, false);
    this.why = why;
  }

  Refusal why() {
    return why;
  }
}
