// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.plan.ManifestDiff;
import dev.latchkey.core.port.Releases.Rendered;
import dev.latchkey.core.resource.Release;
import java.util.Optional;

/// What latchkey notes in Helm's record of a revision, and what the note tells later: `deployed by
/// latchkey, subcharts 0a1b2c3d4e5f, set back 6a7b8c9d0e1f2a3b`.
final class ReleaseNote {
  /// How a note of ours begins.
  static final String BEGIN = "deployed by latchkey";

  private static final String SUBCHARTS = ", subcharts ";
  private static final String SET_BACK = ", set back ";

  private ReleaseNote() {}

  /// @param drift what the revision is to set back
  static String of(Rendered chart, Optional<ReleaseDrift> drift) {
    return ofChart(chart) + drift.map(ReleaseDrift::fingerprint).map(SET_BACK::concat).orElse("");
  }

  private static String ofChart(Rendered chart) {
    return chart.subcharts().isEmpty() ? BEGIN : BEGIN + SUBCHARTS + chart.subcharts();
  }

  /// Whether a revision has the subcharts of the chart.
  ///
  /// Helm's record leaves out the charts that a chart depends on, so our note has their
  /// fingerprint. Where others wrote the revision, what was rendered tells.
  static boolean hasSubcharts(Release release, Rendered chart) {
    if (chart.subcharts().isEmpty()) {
      return true;
    }
    return release.description().startsWith(BEGIN + SUBCHARTS)
        ? release.description().split(SET_BACK, 2)[0].equals(ofChart(chart))
        : ManifestDiff.between(release.objects(), chart.objects()).isEmpty();
  }

  /// Whether a revision was written to set this back.
  static boolean wasToSetBack(Release release, ReleaseDrift drift) {
    return release.description().startsWith(BEGIN)
        && release.description().endsWith(SET_BACK + drift.fingerprint());
  }
}
