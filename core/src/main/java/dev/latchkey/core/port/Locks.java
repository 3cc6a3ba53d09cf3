// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.port;

import dev.latchkey.core.resource.Lock;
import java.util.List;

/// What latchkey asks of Azure about management locks.
public interface Locks {
  /// All locks of the level `ReadOnly` at a subscription and below it.
  List<Lock> readOnly(String subscription);
}
