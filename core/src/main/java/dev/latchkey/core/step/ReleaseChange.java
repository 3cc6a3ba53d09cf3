// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.plan.Because;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.ManifestDiff;
import dev.latchkey.core.plan.Settings;
import dev.latchkey.core.plan.Step;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.plan.Value;
import dev.latchkey.core.port.Releases.Rendered;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.ManifestObject;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Seen.Inside;
import java.util.List;
import java.util.Optional;

/// What becomes of a release: the change that a plan tells, and the one that was made.
final class ReleaseChange {
  private final String authorityHost;

  ReleaseChange(String authorityHost) {
    this.authorityHost = authorityHost;
  }

  /// The change that a plan tells; its chart has been rendered.
  Change planned(Target target, Seen seen) {
    return seen.inside()
        .flatMap(Inside::release)
        .map(release -> compared(target, seen, release))
        .orElseGet(() -> install(target, seen.chart().orElseThrow()));
  }

  private Change compared(Target target, Seen seen, Release release) {
    Thing thing = thing(target);
    Rendered chart = seen.chart().orElseThrow();
    if (isWanted(target, seen, release)) {
      return ReleaseDrift.of(seen, release)
          .<Change>map(drift -> setBack(thing, release, drift))
          .orElse(new Change.Keep(thing));
    }
    Settings before = revision(release.revision()).and("chart", Value.of(release.chart()));
    Settings after = revision(release.revision() + 1).and("chart", Value.of(chart.chart()));
    ManifestDiff objects = objects(release, chart, seen);
    String note = reason(release, chart, objects);
    return new Change.Update(thing, before, after, Because.wanted(), note, objects);
  }

  /// Why there is another revision, where the objects that differ do not tell it.
  private static String reason(Release release, Rendered chart, ManifestDiff objects) {
    if (release.pending()) {
      return "an earlier operation was cut off";
    }
    if (release.status().equals("failed")) {
      return "the revision before it failed";
    }
    if (!objects.isEmpty()) {
      return "";
    }
    return release.chartDigest().equals(chart.chartDigest())
            && ReleaseNote.hasSubcharts(release, chart)
        ? "no object differs; the values do, which hooks may use"
        : "no object differs; the chart's files do, hooks perhaps";
  }

  private static Change setBack(Thing thing, Release release, ReleaseDrift drift) {
    return new Change.Update(
        thing,
        revision(release.revision()),
        revision(release.revision() + 1),
        drift.because(),
        "",
        drift.diff());
  }

  private static ManifestDiff objects(Release release, Rendered chart, Seen seen) {
    if (seen.identity().isPresent()) {
      return ManifestDiff.between(release.objects(), chart.objects());
    }
    String later = new Value.KnownAfter(Step.MANAGED_IDENTITY).words();
    List<ManifestObject> after =
        chart.objects().stream()
            .map(
                object ->
                    new ManifestObject(
                        object.title(), object.text().replace(Steps.STAND_IN, "(" + later + ")")))
            .toList();
    return ManifestDiff.between(release.objects(), after);
  }

  private static Change install(Target target, Rendered chart) {
    return new Change.Create(
        thing(target),
        Settings.of("chart", Value.of(chart.chart()))
            .and("objects", Value.of(Integer.toString(chart.objects().size()))));
  }

  /// Whether another revision would take the place of one, all that it holds being known.
  boolean replaces(Target target, Seen seen) {
    return seen.identity().isPresent()
        && seen.vault().isPresent()
        && seen.chart().isPresent()
        && seen.inside().flatMap(Inside::release).isPresent()
        && !keeps(target, seen);
  }

  /// Whether the newest revision would be left alone, as far as Helm's record of it tells.
  boolean keeps(Target target, Seen seen) {
    return seen.chart().isPresent()
        && seen.inside()
            .flatMap(Inside::release)
            .filter(release -> isWanted(target, seen, release))
            .isPresent();
  }

  private boolean isWanted(Target target, Seen seen, Release release) {
    return seen.identity()
        .flatMap(
            identity ->
                seen.vault()
                    .map(vault -> HandedOver.values(target, identity, vault, authorityHost)))
        .filter(values -> same(release, seen.chart().orElseThrow(), values))
        .isPresent();
  }

  /// Whether a revision is what this chart with these values would become.
  static boolean same(Release release, Rendered chart, ChartValues values) {
    return release.status().equals("deployed")
        && release.chartDigest().equals(chart.chartDigest())
        && release.values().equals(values)
        && ReleaseNote.hasSubcharts(release, chart);
  }

  /// The change that was made.
  static Change made(Work work, Optional<Release> before, Release made) {
    Settings after = revision(made.revision());
    if (!made.status().equals("deployed")) {
      after = after.and("status", Value.of(made.status()));
    }
    Thing thing = thing(work.target());
    if (before.isEmpty()) {
      return new Change.Create(thing, after);
    }
    Release old = before.get();
    Optional<ReleaseDrift> drift = ReleaseDrift.of(work.seen(), old);
    return new Change.Update(
        thing,
        revision(old.revision()),
        after,
        drift.map(ReleaseDrift::because).orElse(Because.wanted()),
        "",
        drift
            .map(ReleaseDrift::diff)
            .orElseGet(() -> ManifestDiff.between(old.objects(), made.objects())));
  }

  static Thing thing(Target target) {
    return new Thing(
        Kind.RELEASE, target.serviceAccount().namespace() + "/" + target.chart().release());
  }

  static Settings revision(int revision) {
    return Settings.of("revision", Value.of(Integer.toString(revision)));
  }
}
