// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import java.io.Serial;

/// Ends a request at the first check that fails.
final class Denied extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Denial why;

  Denied(Denial why) {
    super(why.getClass().getSimpleName(), null, false, false);
    this.why = why;
  }

  Denial why() {
    return why;
  }
}
