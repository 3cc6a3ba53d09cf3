// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.event;

/// Somebody who wants to know what happens.
///
/// Called by one thread at a time, in the order of the events. One that fails never harms the run.
public interface Listener {
  /// Takes notice.
  void hear(Event event);
}
