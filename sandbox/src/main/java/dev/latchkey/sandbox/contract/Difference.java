// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import java.util.Optional;

/// One thing that an answer of ours has otherwise than the recorded one.
///
/// @param at `/status`, `/headers/location`, `/body/properties/sku`
/// @param reason why it stays so, where that is written down
public record Difference(String at, String what, Optional<String> reason) {
  static Difference of(String at, String what) {
    return new Difference(at, what, Optional.empty());
  }

  Difference because(String written) {
    return new Difference(at, what, Optional.of(written));
  }
}
