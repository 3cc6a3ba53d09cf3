// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.resource.ObservedCluster;
import java.util.Optional;
import java.util.function.Function;

/// The cluster of a step, looked at together with all other clusters of the run that are busy.
public interface Watch {
  /// Looks at the cluster again and again until what is waited for is seen, or ends in a problem
  /// when the lag's bound has passed.
  ///
  /// @param look what it makes of the cluster; empty while it has to wait
  <T> T until(Lag lag, Function<ObservedCluster, Optional<T>> look) throws InterruptedException;

  /// A turn to update the cluster; empty while as many others of its subscription are being updated
  /// as Azure bears.
  Optional<Turn> turn();

  /// The right to update a cluster. Whoever has it gives it back.
  interface Turn {
    /// Tells that Azure throttled itself within this update, so that fewer are begun at once.
    ///
    /// @return how many that is
    int throttled();

    /// Gives it back.
    void over();
  }
}
