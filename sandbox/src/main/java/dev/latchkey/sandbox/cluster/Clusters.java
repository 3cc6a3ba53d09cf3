// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import java.util.List;
import java.util.Optional;

/// The clusters that exist at this moment.
public interface Clusters {
  /// The cluster of this resource id, compared without case.
  Optional<ClusterView> find(String id);

  /// All clusters of all subscriptions.
  List<ClusterView> all();
}
