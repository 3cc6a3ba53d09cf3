// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.step;

import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.port.AzureProblem;
import dev.latchkey.core.port.Workloads.NamespaceState;
import dev.latchkey.core.problem.Problem;
import dev.latchkey.core.resource.FixedObject;
import dev.latchkey.core.resource.Release;
import dev.latchkey.core.snapshot.Seen;
import dev.latchkey.core.snapshot.Seen.Inside;
import java.util.List;
import java.util.Optional;

/// What is known to stand in the way of a release before anything is written.
final class ReleaseObstacle {
  private ReleaseObstacle() {}

  static Optional<Problem> of(Target target, Seen seen) {
    return chart(target, seen).or(() -> blind(seen)).or(() -> inside(target, seen));
  }

  private static Optional<Problem> chart(Target target, Seen seen) {
    Problem broken = seen.problems().get(Seen.Part.CHART);
    if (broken != null) {
      return Optional.of(broken);
    }
    String clientId =
        seen.identity().map(identity -> identity.client().value()).orElse(Steps.STAND_IN);
    return ChartCheck.missing(target, seen.chart().orElseThrow(), clientId);
  }

  /// A cluster that does not answer may be restarting; it is asked again when its turn comes.
  private static Optional<Problem> blind(Seen seen) {
    return Optional.ofNullable(seen.problems().get(Seen.Part.INSIDE))
        .filter(problem -> !(problem instanceof AzureProblem.Unreachable));
  }

  private static Optional<Problem> inside(Target target, Seen seen) {
    boolean absent =
        seen.inside().filter(inside -> inside.namespace() == NamespaceState.ABSENT).isPresent();
    if (absent && target.namespace() == Target.Namespace.EXISTING) {
      return Optional.of(
          new StepProblem.NamespaceMissing(target.name(), target.serviceAccount().namespace()));
    }
    Optional<Problem> others =
        seen.inside().flatMap(Inside::release).flatMap(release -> ofOthers(release, seen));
    if (others.isPresent()) {
      return others;
    }
    List<FixedObject> fixed = seen.inside().map(Inside::fixed).orElse(List.of());
    return fixed.isEmpty() ? Optional.empty() : Optional.of(new StepProblem.FieldsFixed(fixed));
  }

  /// A release of the same name that serves something else: an upgrade would delete that.
  ///
  /// One of the same chart is taken over. One that failed serves nothing, and may be ours: Helm
  /// puts its own words in the place of our note.
  private static Optional<Problem> ofOthers(Release release, Seen seen) {
    String chart = nameOf(seen.chart().orElseThrow().chart());
    boolean ours = release.description().startsWith(ReleaseNote.BEGIN);
    return ours || !release.status().equals("deployed") || nameOf(release.chart()).equals(chart)
        ? Optional.empty()
        : Optional.of(
            new StepProblem.ReleaseOfOthers(
                release.namespace(), release.name(), release.chart(), chart));
  }

  /// A chart is told as its name and its version.
  private static String nameOf(String chart) {
    return chart.split(" ", 2)[0];
  }
}
