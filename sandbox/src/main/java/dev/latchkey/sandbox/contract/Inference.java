// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.contract;

import dev.latchkey.sandbox.message.Ask;

/// Reads out of a recording what must have been there for Azure to answer as it did, one area of
/// Azure each. Premises may be read from recorded answers, answers never.
///
/// One is made per scene, so it may keep what it needs between the steps.
interface Inference {
  /// Makes true what must have been when the exchange took place: the whole recording may be looked
  /// at, and the clock moved.
  void before(Step step);

  /// The request as its client must have sent it, where a quotation left parts out or clean-up
  /// replaced a secret.
  default Ask sent(Step step, Ask ask) {
    return ask;
  }

  /// Undoes what was true for this exchange alone.
  default void after(Step step) {}
}
