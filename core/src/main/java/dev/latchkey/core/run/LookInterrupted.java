// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import java.io.Serial;

/// Somebody ended the run while it only looked.
public final class LookInterrupted extends InterruptedException {
  @Serial private static final long serialVersionUID = 1;

  private final int looked;
  private final int clusters;

  /// A look that came so far.
  ///
  /// @param looked how many clusters were looked at
  /// @param clusters how many there are
  public LookInterrupted(int looked, int clusters) {
    super("the look was interrupted");
    this.looked = looked;
    this.clusters = clusters;
  }

  /// How far it came, as the end of a sentence: `2 of 12 clusters were read`.
  public String words() {
    return "%,d of %,d cluster%s %s read"
        .formatted(
            looked,
            clusters,
            clusters == 1 ? "" : "s",
            looked == 1 || clusters == 1 ? "was" : "were");
  }
}
