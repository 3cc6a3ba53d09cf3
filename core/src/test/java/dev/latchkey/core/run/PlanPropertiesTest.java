// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.Summary;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.plan.Change;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.plan.Thing.Kind;
import dev.latchkey.core.step.Steps;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for the plan of every fleet, in whatever state others have left it: a fleet is
/// deployed, then things in it are changed by others, as the seed decides.
class PlanPropertiesTest {
  private static final int SEEDS = 300;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void holdsExactlyWhatDiffersAndNothingAfterItWasDone(long seed) throws InterruptedException {
    var estate = new RandomEstate(new Random(seed));
    run(estate).deploy(estate.fleet());
    Set<String> planted = estate.disturb();

    Plan plan = run(estate).plan(estate.fleet()).plan();

    // complete and minimal
    assertThat(changes(plan)).isEqualTo(planted);
    estate.world().writes.clear();
    Summary summary = run(estate).deploy(estate.fleet());
    // deploy does what the plan said
    assertThat(summary.clusters()).allMatch(each -> each.problems().isEmpty());
    assertThat(summary.changes()).isEqualTo(planted.size());
    assertThat(estate.world().writes).hasSize(planted.size());
    // idempotent
    assertThat(changes(run(estate).plan(estate.fleet()).plan())).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void doesNotDependOnOrderNorOnTheCaseOfIds(long seed) throws InterruptedException {
    var estate = new RandomEstate(new Random(seed));
    run(estate).deploy(estate.fleet());
    Set<String> planted = estate.disturb();

    Fleet shuffled = estate.shuffled();

    assertThat(changes(run(estate).plan(shuffled).plan())).isEqualTo(planted);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void plansEverythingForABareFleet(long seed) throws InterruptedException {
    var estate = new RandomEstate(new Random(seed));

    Plan plan = run(estate).plan(estate.fleet()).plan();

    for (Target target : estate.fleet().targets()) {
      List<Kind> kinds =
          plan.clusters().stream()
              .filter(cluster -> cluster.target().equals(target))
              .flatMap(cluster -> cluster.changes().stream())
              .map(change -> change.thing().kind())
              .toList();
      assertThat(kinds)
          .contains(Kind.CLUSTER, Kind.IDENTITY, Kind.CREDENTIAL, Kind.RELEASE)
          .filteredOn(kind -> kind == Kind.ROLE_ASSIGNMENT)
          .hasSize(target.vault().names().size());
    }
    assertThat(plan.access().added()).hasSize(estate.fleet().targets().size());
  }

  /// Each change in one line, whatever case ids have.
  private static Set<String> changes(Plan plan) {
    var lines = new TreeSet<String>();
    plan.clusters()
        .forEach(
            cluster ->
                cluster.changes().forEach(change -> lines.add(line(cluster.target(), change))));
    return lines;
  }

  private static String line(Target target, Change change) {
    String name = change.thing().name();
    String secret =
        change.thing().kind() == Kind.ROLE_ASSIGNMENT
            ? " " + name.substring(name.lastIndexOf('/') + 1)
            : "";
    return (target.name() + " " + change.verb() + " " + change.thing().kind() + secret)
        .toLowerCase(Locale.ROOT);
  }

  private static Runner run(RandomEstate estate) {
    return new Runner(
        estate.world().ports(),
        Limits.azure(),
        new Steps("https://login.microsoftonline.com/", "latchkey-probe-1"),
        List.of());
  }
}
