// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.problem;

import java.util.Optional;

/// A failure that a user can meet, as data. Where it happened is told by the event that carries it.
public interface Problem {
  /// Stable words that name the kind, such as `issuer-differs`.
  String code();

  /// What to tell the user.
  Text text();

  /// What Azure, Entra or a cluster answered, if an answer is the cause.
  default Optional<AzureAnswer> answer() {
    return Optional.empty();
  }
}
