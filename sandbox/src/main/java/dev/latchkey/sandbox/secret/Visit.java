// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.secret.Denial.Caller;
import dev.latchkey.sandbox.secret.KnownVaults.Rules;

/// One request of a caller whose token is good.
record Visit(Ask ask, Rules vault, Caller caller, Shape shape) {
  private static final String VALID_NAME = "[0-9a-zA-Z-]{1,127}";

  boolean is(String method) {
    return ask.method().equals(method);
  }

  /// A secret's name from the path.
  static String checkedName(String name) throws Denied {
    if (!name.matches(VALID_NAME)) {
      throw new Denied(new Denial.NameInvalid(name));
    }
    return name;
  }
}
