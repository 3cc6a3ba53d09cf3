// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.plan.Because;
import dev.latchkey.core.plan.ManifestDiff;
import dev.latchkey.core.plan.ManifestDiff.Fate;
import dev.latchkey.core.plan.ManifestDiff.ObjectDiff;
import dev.latchkey.core.resource.LiveDrift;
import dev.latchkey.core.resource.LiveDrift.Edited;
import dev.latchkey.core.resource.LiveDrift.FieldDrift;
import dev.latchkey.core.resource.LiveDrift.Gone;
import dev.latchkey.core.resource.LiveDrift.ObjectDrift;
import dev.latchkey.core.resource.LiveDrift.Upgrade;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Seen.Inside;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What others changed in the objects of a release, and another upgrade sets back.
record ReleaseDrift(List<ObjectDrift> objects) {
  /// A write so soon after a revision belongs to it, or to a controller that answered it.
  private static final Duration SOON = Duration.ofMinutes(1);

  private static final int VALUE_MAX = 60;

  ReleaseDrift {
    objects = List.copyOf(objects);
  }

  /// What is to be set back in a revision; empty when it was not this one that was looked at.
  static Optional<ReleaseDrift> of(Seen seen, Release release) {
    return within(seen, release).filter(drift -> !drift.stayed(release));
  }

  private static Optional<ReleaseDrift> within(Seen seen, Release release) {
    return live(seen, release)
        .map(
            live ->
                new ReleaseDrift(live.objects().stream().filter(ReleaseDrift::isSetBack).toList()))
        .filter(drift -> !drift.objects().isEmpty());
  }

  private static Optional<LiveDrift> live(Seen seen, Release release) {
    return seen.inside()
        .filter(
            inside ->
                inside
                    .release()
                    .filter(known -> known.revision() == release.revision())
                    .isPresent())
        .map(Inside::drift);
  }

  private static boolean isSetBack(ObjectDrift drift) {
    return switch (drift) {
      case Gone _ -> true;
      case Edited edited -> edited.upgrade() == Upgrade.SETS_BACK;
    };
  }

  /// Whether the revision was to set this very drift back, and nobody has written since: then
  /// another revision would not help either.
  private boolean stayed(Release release) {
    return ReleaseNote.wasToSetBack(release, this)
        && objects.stream().allMatch(drift -> isOlder(drift, release));
  }

  private static boolean isOlder(ObjectDrift drift, Release release) {
    return switch (drift) {
      case Gone _ -> false;
      case Edited edited ->
          edited.written().filter(moment -> moment.isAfter(release.updated().plus(SOON))).isEmpty();
    };
  }

  /// What people should know of a revision's objects and no upgrade changes.
  static List<String> findings(Seen seen, Release release) {
    var findings = new ArrayList<String>();
    within(seen, release)
        .filter(drift -> drift.stayed(release))
        .ifPresent(
            drift ->
                findings.add(
                    ("revision %d was to set back what is still there: %s; Helm did not, or"
                            + " something changed it again at once")
                        .formatted(release.revision(), drift.words())));
    live(seen, release)
        .ifPresent(
            live -> {
              live.objects().stream()
                  .filter(drift -> !isSetBack(drift))
                  .map(
                      drift ->
                          ("drift: %s; Helm sets back no fields of such objects, so correct it"
                                  + " by hand")
                              .formatted(new ReleaseDrift(List.of(drift)).words()))
                  .forEach(findings::add);
              live.notCompared().stream()
                  .map("not compared with the release: "::concat)
                  .forEach(findings::add);
            });
    return findings;
  }

  Because because() {
    return Because.drift(words());
  }

  private String words() {
    long all = objects.stream().flatMap(ReleaseDrift::differences).count();
    String first = differences(objects.getFirst()).findFirst().orElseThrow();
    return all == 1 ? first : "%s (and %d more)".formatted(first, all - 1);
  }

  private static Stream<String> differences(ObjectDrift drift) {
    return switch (drift) {
      case Gone gone -> Stream.of("somebody deleted " + gone.object());
      case Edited edited ->
          edited.fields().stream()
              .map(field -> "somebody edited %s: %s".formatted(edited.object(), words(field)));
    };
  }

  private static String words(FieldDrift field) {
    String wanted = shortened(field.wanted());
    if (field.live().isEmpty()) {
      return "%s is gone, the chart says %s".formatted(field.path(), wanted);
    }
    return field.live().get().equals(field.wanted())
        ? field.path() + " is another one" // a value that nobody may see
        : "%s is %s, the chart says %s"
            .formatted(field.path(), shortened(field.live().get()), wanted);
  }

  private static String shortened(String value) {
    return value.length() <= VALUE_MAX ? value : value.substring(0, VALUE_MAX - 1) + "…";
  }

  /// All of it: what is made again, and each field with its value in the cluster and in the chart.
  ManifestDiff diff() {
    return new ManifestDiff(objects.stream().map(ReleaseDrift::diff).toList());
  }

  private static ObjectDiff diff(ObjectDrift drift) {
    return switch (drift) {
      case Gone gone -> new ObjectDiff(gone.object(), Fate.ADDED, List.of());
      case Edited edited ->
          new ObjectDiff(
              edited.object(),
              Fate.CHANGED,
              edited.fields().stream().flatMap(ReleaseDrift::lines).toList());
    };
  }

  private static Stream<String> lines(FieldDrift field) {
    return Stream.concat(
        field.live().map(value -> "-%s: %s".formatted(field.path(), value)).stream(),
        Stream.of("+%s: %s".formatted(field.path(), field.wanted())));
  }

  /// Equal for the same differences, whenever they are seen.
  String fingerprint() {
    return Premises.fingerprint(diff().objects().toString());
  }
}
