// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.util.function.Function;

/// A token that must never be seen: no formatter finds its text.
public final class Token {
  private final String value;

  /// Hides the text.
  public Token(String value) {
    this.value = value;
  }

  /// Hands the text to the one request that needs it.
  public <T> T use(Function<String, T> request) {
    return request.apply(value);
  }

  @Override
  public String toString() {
    return "Token[hidden]";
  }
}
