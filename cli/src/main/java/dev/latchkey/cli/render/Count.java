// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import java.util.List;

/// Numbers and lists in sentences.
final class Count {
  private Count() {}

  /// Such as `1 cluster`, `3 clusters`, `2 federated credentials`, `2 managed identities`.
  static String of(long number, String noun) {
    if (number == 1 || noun.equals("pods")) {
      return number + " " + noun;
    }
    return number
        + " "
        + (noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s");
  }

  /// Such as `a`, `a and b`, `a, b and c`.
  static String and(List<String> names) {
    if (names.size() < 2) {
      return String.join("", names);
    }
    return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  /// The first names and how many more there are.
  static String few(List<String> names, int most) {
    return names.size() <= most
        ? and(names)
        : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
  }
}
