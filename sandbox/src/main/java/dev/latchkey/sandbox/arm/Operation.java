// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import java.time.Instant;

/// A long-running operation: two dates. Whether it runs is asked as of a moment.
///
/// @param id the GUID in its address
/// @param state what `provisioningState` says meanwhile: Creating, Updating, Deleting …
public record Operation(String id, String state, Instant startedAt, Instant doneAt) {
  /// Whether it still runs at this moment.
  public boolean runsAt(Instant now) {
    return now.isBefore(doneAt);
  }
}
