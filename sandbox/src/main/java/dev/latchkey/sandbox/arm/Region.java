// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.arm;

import java.util.List;

/// One of Azure's public regions.
///
/// @param continent as it stands in brackets before the display name
record Region(
    String name,
    String displayName,
    String continent,
    String geographyGroup,
    String longitude,
    String latitude,
    String physicalLocation,
    String paired,
    String category) {
  private static final List<Region> ALL =
      TextTable.lines(Region.class, "regions.txt").stream().map(Region::of).toList();

  static List<Region> all() {
    return ALL;
  }

  private static Region of(String line) {
    String[] words = line.split("\\|", -1);
    return new Region(
        words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7], words[8]);
  }
}
