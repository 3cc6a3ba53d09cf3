// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.fault;

import dev.latchkey.sandbox.message.Answer;

/// What becomes of an answer on the wire.
public sealed interface Delivery {
  /// It arrives.
  record Whole(Answer answer) implements Delivery {}

  /// Its headers and half of its body arrive, then the connection ends.
  record Half(Answer answer) implements Delivery {}

  /// The connection ends before it.
  record Nothing() implements Delivery {}
}
