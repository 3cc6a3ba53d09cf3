// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.fleet;

/// How many clusters of a wave may fail.
public sealed interface Budget {
  /// So many.
  record Count(int failures) implements Budget {}

  /// So many of a hundred, rounded down.
  record Share(int percent) implements Budget {}

  /// The budget of a wave with so many clusters.
  default int of(int clusters) {
    return switch (this) {
      case Count count -> count.failures();
      case Share share -> (int) ((long) clusters * share.percent() / 100);
    };
  }
}
