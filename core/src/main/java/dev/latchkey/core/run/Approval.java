// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

/// Whether a plan may be carried out; asked once, before the first write.
@FunctionalInterface
public interface Approval {
  /// Every plan may.
  Approval ALWAYS = _ -> {};

  /// Returns when it may; ends in a problem that says why it may not.
  void of(Planning planning);
}
