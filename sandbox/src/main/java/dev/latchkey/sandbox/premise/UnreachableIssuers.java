// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.message.Ask;
import dev.latchkey.sandbox.message.Service;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The issuers' documents, but those that nobody can fetch. Safe for use by several threads.
final class UnreachableIssuers {
  private final Set<String> hidden = ConcurrentHashMap.newKeySet();
  private final Consumer<String> forget;

  /// All can be fetched.
  ///
  /// @param forget drops the keys of an issuer that Entra ID has kept
  UnreachableIssuers(Consumer<String> forget) {
    this.forget = forget;
  }

  Undo hide(String issuer) {
    hidden.add(path(issuer));
    forget.accept(issuer);
    return () -> hidden.remove(path(issuer));
  }

  Service before(Service issuers) {
    return ask -> isHidden(ask) ? Answer.empty(503) : issuers.answer(ask);
  }

  private boolean isHidden(Ask ask) {
    return hidden.stream().anyMatch(ask.path()::startsWith);
  }

  private static String path(String issuer) {
    return URI.create(issuer).getPath();
  }
}
