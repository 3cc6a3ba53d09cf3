// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.secret;

import java.util.function.Function;

/// The value of a secret; it shows itself to nobody by accident.
final class SecretValue {
  private final String value;

  SecretValue(String value) {
    this.value = value;
  }

  <T> T use(Function<String, T> reader) {
    return reader.apply(value);
  }

  @Override
  public String toString() {
    return "SecretValue[hidden]";
  }
}
