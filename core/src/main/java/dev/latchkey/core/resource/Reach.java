// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import java.util.List;

/// From where a cluster's API server can be reached, as ARM tells it.
public sealed interface Reach {
  /// From anywhere.
  record Anywhere() implements Reach {}

  /// From these addresses alone: `authorizedIPRanges`.
  record Ranges(List<String> ranges) implements Reach {
    public Ranges {
      ranges = List.copyOf(ranges);
    }
  }

  /// From the cluster's own network and those that are joined to it: a private cluster.
  record OwnNetwork() implements Reach {}
}
