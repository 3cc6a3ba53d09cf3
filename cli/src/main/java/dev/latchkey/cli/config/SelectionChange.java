// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import dev.latchkey.core.resource.ResourceId;
import java.math.BigDecimal;
import java.util.List;

/// How a selection differs from the clusters that are managed now.
///
/// @param before the managed ones, as far as the selection's subscriptions, groups and names go
/// @param added selected and not managed yet
/// @param gone managed and selected no more
/// @param share how much may change at once, in percent
public record SelectionChange(
    List<ResourceId> before, List<ResourceId> added, List<ResourceId> gone, BigDecimal share) {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  public SelectionChange {
    before = List.copyOf(before);
    added = List.copyOf(added);
    gone = List.copyOf(gone);
  }

  /// Whether more comes or goes than may at once. Where nothing is managed yet all is new, and
  /// nothing is sudden.
  public boolean isSudden() {
    return !before.isEmpty() && (exceeds(added.size()) || exceeds(gone.size()));
  }

  private boolean exceeds(int changed) {
    BigDecimal allowed = share.multiply(BigDecimal.valueOf(before.size()));
    return BigDecimal.valueOf(changed).multiply(HUNDRED).compareTo(allowed) > 0;
  }
}
