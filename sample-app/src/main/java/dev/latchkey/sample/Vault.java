// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sample;

import java.util.Optional;

/// What the application asks of a vault.
@FunctionalInterface
interface Vault {
  /// Reads the secret; says who refused it, or nothing when it was read.
  Optional<Refusal> read(String name);
}
