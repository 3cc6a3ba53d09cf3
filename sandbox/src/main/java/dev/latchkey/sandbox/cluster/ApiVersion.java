// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.cluster;

import dev.latchkey.sandbox.arm.Call;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// An api-version of AKS, such as `2025-08-01` or `2024-04-02-preview`.
///
/// Versions are compared by date: a preview knows what the stable versions before it know, and what
/// earlier previews brought.
record ApiVersion(String text) {
  /// The months of the stable versions, as Microsoft's SDKs list them.
  private static final Map<String, String> STABLE =
      Map.of(
          "2019", "02 04 06 08 10 11",
          "2020", "01 02 03 04 06 07 09 11 12",
          "2021", "02 03 05 07 08 09 10",
          "2022", "01 02 03 04 06 07 09 11",
          "2023", "01 02 03 04 05 06 07 08 09 10 11",
          "2024", "01 02 05 06 07 08 09 10",
          "2025", "01 02 03 04 05 06 07 08 09 10",
          "2026", "01 02 03 04 05 06");

  /// The months of the previews, each of the second day.
  private static final Map<String, String> PREVIEWS =
      Map.of(
          "2022", "01 02 03 04 05 06 07 08 09 10 11",
          "2023", "01 02 03 04 05 06 07 08 09 10 11",
          "2024", "01 02 03 04 05 06 07 09 10",
          "2025", "01 02 03 04 05 06 07 08 09 10",
          "2026", "01 02 03 04 05 06");

  /// Every version that a client of today may still send.
  static final Set<String> ALL = all();

  private static Set<String> all() {
    var all =
        new TreeSet<String>(
            Set.of("2017-08-31", "2018-03-31", "2021-11-01-preview", "2022-08-03-preview"));
    STABLE.forEach((year, months) -> add(all, year, months, "-01"));
    PREVIEWS.forEach((year, months) -> add(all, year, months, "-02-preview"));
    return Set.copyOf(all);
  }

  private static void add(Set<String> all, String year, String months, String day) {
    for (String month : months.split(" ", -1)) {
      all.add(year + "-" + month + day);
    }
  }

  static ApiVersion of(Call call) {
    return new ApiVersion(call.apiVersion());
  }

  boolean isPreview() {
    return text.endsWith("-preview");
  }

  /// The older of two.
  ApiVersion atMost(ApiVersion newest) {
    return newest.since(date()) ? this : newest;
  }

  /// Whether it is of this date or later.
  boolean since(String date) {
    return date().compareTo(date) >= 0;
  }

  /// Whether it knows what came with a stable version, or with a preview before; `-` for never.
  boolean since(String stable, String preview) {
    return reached(stable) || (isPreview() && reached(preview));
  }

  private boolean reached(String version) {
    return !version.equals("-") && since(version.substring(0, 10));
  }

  private String date() {
    return text.substring(0, Math.min(10, text.length()));
  }
}
