// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import dev.latchkey.core.event.Summary;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Thing;
import dev.latchkey.core.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Kills a cold run at a point, starts a new one, and compares the end with that of a run which
/// nobody disturbed.
final class Crashes {
  private final Ground ground;

  Crashes(Ground ground) {
    this.ground = ground;
  }

  /// How a crash ended.
  ///
  /// @param last the request at which the run died
  /// @param wrong what is not as it has to be; nothing when the point converges
  record Verdict(CrashPoint point, String last, List<String> wrong) {
    Verdict {
      wrong = List.copyOf(wrong);
    }

    @Override
    public String toString() {
      return "%s, %s %s".formatted(point, point.side().word(), last);
    }
  }

  /// Crashes at one point; empty when the run has ended before.
  Optional<Verdict> at(CrashPoint point) throws IOException, InterruptedException {
    try (Arena arena = ground.arena()) {
      VirtualTime.Life life = arena.time.life();
      var blackout = new Blackout(point.request(), point.side(), life::end);
      var oracle = new Oracle(arena.sandbox, arena.wanted.fleet());
      arena.sandbox.let(
          (ask, service) -> blackout.answer(ask, seen -> oracle.answer(seen, service)));
      toDeath(life, () -> arena.deploy(life, List.of()));
      Optional<String> last = blackout.last();
      if (last.isEmpty()) {
        return Optional.empty();
      }
      Picture left = Picture.of(arena.sandbox.saved());
      arena.sandbox.let(oracle);
      Summary second = arena.deploy(List.of());
      var wrong = new ArrayList<>(oracle.wrong());
      wrong.addAll(wrong(arena, left, second));
      return Optional.of(new Verdict(point, last.get(), wrong));
    }
  }

  /// What an engine does until it dies.
  interface Run {
    Summary now() throws InterruptedException;
  }

  /// How the dying engine ends is nobody's business: it may not even get its ports opened, and a
  /// look of its that pauses is cut short.
  static void toDeath(VirtualTime.Life life, Run run) throws InterruptedException {
    try {
      Summary _ = run.now();
    } catch (ProblemException e) {
      // it died before it had begun
    } catch (InterruptedException e) {
      if (!life.isOver()) {
        throw e;
      }
    }
  }

  private List<String> wrong(Arena arena, Picture left, Summary second) {
    var wrong = new ArrayList<String>();
    if (!second.complete()) {
      wrong.add("the second run fails: " + Ground.problems(second));
    }
    Picture now = Picture.of(arena.sandbox.saved());
    wrong.addAll(ground.end().differences(now));
    SortedMap<Thing.Kind, Integer> reported = reported(second);
    SortedMap<Thing.Kind, Integer> happened = left.changes(now);
    if (!reported.equals(happened)) {
      wrong.add("the second run reports %s, and changed %s".formatted(reported, happened));
    }
    return wrong;
  }

  /// What the run says that it changed, but for the clusters, whose update may have been running.
  private static SortedMap<Thing.Kind, Integer> reported(Summary summary) {
    var reported = new TreeMap<Thing.Kind, Integer>();
    summary.clusters().stream()
        .flatMap(cluster -> cluster.steps().values().stream())
        .flatMap(step -> step.outcome().changes().stream())
        .filter(Change::changes)
        .map(change -> change.thing().kind())
        .filter(kind -> kind != Thing.Kind.CLUSTER && kind != Thing.Kind.PODS)
        .forEach(kind -> reported.merge(kind, 1, Integer::sum));
    return reported;
  }
}
