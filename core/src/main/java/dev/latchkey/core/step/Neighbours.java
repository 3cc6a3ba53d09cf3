// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.resource.ClusterName;
import dev.latchkey.core.resource.Token;
import java.util.Optional;

/// Where clusters lend each other a token, to show that a neighbour's is refused.
public interface Neighbours {
  /// Lends this cluster's token to the others.
  void lend(ClusterName cluster, Token token);

  /// A token of another cluster of the run; waits until one is there, empty when none will come.
  Optional<Loan> borrow(ClusterName cluster) throws InterruptedException;

  /// A token of another cluster.
  record Loan(ClusterName owner, Token token) {}
}
