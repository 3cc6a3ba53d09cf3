// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import java.util.List;

/// Names of many clusters in one line.
final class Names {
  private static final int MOST = 3;

  private Names() {}

  /// All of a few, otherwise the first and the last: `aks-weu-2 … aks-eus-9`.
  static String range(List<String> names, Screen screen) {
    return names.size() <= MOST
        ? Count.and(names)
        : names.getFirst() + " " + screen.show(Symbol.ELLIPSIS) + " " + names.getLast();
  }
}
