// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import dev.latchkey.sandbox.message.Answer;
import java.util.Optional;

/// Something that may refuse a call whose caller has every right to make it.
@FunctionalInterface
public interface Veto {
  /// Why the call is refused, or empty.
  Optional<Answer> refusal(ResourceType type, Call call);
}
