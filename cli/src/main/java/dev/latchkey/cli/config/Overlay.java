// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.cli.config.Value.Mapping;
import java.util.Optional;

/// Lays a cluster's own section over the file's default.
final class Overlay {
  private Overlay() {}

  static Optional<Value> of(Optional<Value> below, Optional<Value> above) {
    if (below.orElse(null) instanceof Mapping lower
        && above.orElse(null) instanceof Mapping upper) {
      return Optional.of(lower.under(upper));
    }
    return above.or(() -> below);
  }
}
