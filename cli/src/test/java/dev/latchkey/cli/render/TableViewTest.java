// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.Event;
import dev.latchkey.core.fleet.Budget;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.RolloutWish;
import dev.latchkey.core.fleet.Wave;
import dev.latchkey.core.plan.Plan;
import dev.latchkey.core.resource.ClusterName;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableViewTest {

  @Test
  void showsEachStepOfEachClusterInTheMiddleOfARun() {
    Golden.check("table-middle.txt", at(Scripts.allProven(), 5_000, wide()));
  }

  @Test
  void tellsWhatIsBeingWaitedForAndHowLongThatUsuallyTakes() {
    Golden.check("table-waiting.txt", at(Scripts.allProven(), 14_500, wide()));
  }

  @Test
  void keepsEveryCellOnANarrowTerminal() {
    Golden.check("table-narrow.txt", at(Scripts.allProven(), 14_500, screen(60, 24)));
  }

  @Test
  void keepsASymbolForEachStepWhereThereAreNoColumns() {
    Golden.check("table-tiny.txt", at(Scripts.allProven(), 14_500, screen(24, 12)));
  }

  @Test
  void countsClustersWhereNotAllOfThemFit() {
    Golden.check("table-many.txt", at(Scripts.manyEnded(200), 21_500, screen(100, 24)));
  }

  @Test
  void tellsFailuresAndTheSlowestInFewLines() {
    Golden.check("table-many-low.txt", at(Scripts.manyBegun(200), 5_000, screen(60, 9)));
  }

  @Test
  void countsAThousandClustersInTheSmallestWindow() {
    Golden.check("table-many-tiny.txt", at(Scripts.manyBegun(1000), 5_000, screen(20, 12)));
  }

  @Test
  void tellsHowFarTheWaveIsAndHowFarAllAre() {
    var canary =
        new Wave(
            "canary",
            Wave.Members.Named.of(List.of(new ClusterName("aks-001"), new ClusterName("aks-007"))),
            10,
            new Budget.Count(1),
            Duration.ZERO);
    var rest = new Wave("rest", new Wave.Members.Rest(), 50, new Budget.Count(1), Duration.ZERO);
    var rollout = new RolloutWish(List.of(canary, rest), RolloutWish.OnFailure.STOP);
    var events = new ArrayList<Event>();
    for (Event event : Scripts.manyBegun(200)) {
      if (event instanceof Event.Planned(var at, var plan)) {
        Fleet fleet = new Fleet("orders", plan.fleet().targets(), rollout);
        events.add(new Event.Planned(at, new Plan(fleet, plan.clusters())));
        events.add(new Event.WaveStarted(at, "canary", 1, 2, 2));
      } else {
        events.add(event);
      }
    }

    assertThat(at(events, 5_000, screen(80, 24)))
        .contains("wave 1 of 2: 1 of 2 over; 1 of 200 over in all");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 80, 120})
  void tellsHowLongAWaveIsStillWatchedWhateverTheWidth(int width) {
    for (List<Event> script : List.of(Scripts.allProven(), Scripts.manyBegun(200))) {
      var events = new ArrayList<Event>();
      for (Event event : script) {
        events.add(event);
        if (event instanceof Event.Planned(var at, var _)) {
          events.add(new Event.WaveStarted(at, "canary", 1, 2, 1));
          events.add(new Event.Soaking(at, "canary", 1, at.plusSeconds(600)));
        }
      }

      String table = at(events, 2_700, screen(width, 12));

      assertThat(table).contains("wave 1 of 2: canary, watched for 9:58");
      assertThat(table.lines()).hasSizeLessThan(12);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 23, 30, 40, 60, 80, 120, 200, 300})
  void neverIsWiderThanTheScreen(int width) {
    for (List<Event> events :
        List.of(Scripts.allProven(), Scripts.issuerDiffers(), Scripts.manyBegun(200))) {
      String table = at(events, 14_500, screen(width, 24));

      assertThat(table.lines())
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 8, 10, 12, 24, 50})
  void neverIsHigherThanTheScreen(int height) {
    for (List<Event> events :
        List.of(Scripts.allProven(), Scripts.manyBegun(200), Scripts.manyEnded(200))) {
      String table = at(events, 14_500, screen(80, height));

      assertThat(table.lines()).hasSizeLessThan(height);
    }
  }

  @Test
  void needsNoLetterBeyondAscii() {
    for (int width : new int[] {120, 24}) {
      var plain = new Screen(Screen.Letters.ASCII, Screen.Colours.OFF, width, 24);

      assertThat(at(Scripts.allProven(), 14_500, plain)).matches("[\\x20-\\x7e\\n]+");
      assertThat(at(Scripts.manyBegun(99), 14_500, plain)).matches("[\\x20-\\x7e\\n]+");
    }
  }

  /// Three pictures a second must not keep a processor busy: what is drawn once per cluster may not
  /// be searched once per cluster too.
  @Test
  void tenTimesTheClustersTakeAboutTenTimesTheWorkToDraw() {
    long thousand = work(1_000);
    long tenThousand = work(10_000);

    assertThat(tenThousand).isLessThan(20 * thousand);
  }

  /// The processor time of one picture of so many clusters, once the code is warm.
  private static long work(int clusters) {
    var board = new Board();
    Scripts.until(Scripts.manyEnded(clusters), Duration.ofSeconds(40)).forEach(board::hear);
    var view = new TableView(screen(200, 50));
    var now = Scripts.START.plusSeconds(40);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return LongStream.range(0, 60)
        .map(
            picture -> {
              long begun = threads.getCurrentThreadCpuTime();
              view.fitting(board, now, (int) picture);
              return threads.getCurrentThreadCpuTime() - begun;
            })
        .min()
        .orElseThrow();
  }

  private static Screen wide() {
    return screen(120, 40);
  }

  private static Screen screen(int width, int height) {
    return new Screen(Screen.Letters.UNICODE, Screen.Colours.OFF, width, height);
  }

  private static String at(List<Event> events, long millis, Screen screen) {
    var board = new Board();
    Duration moment = Duration.ofMillis(millis);
    Scripts.until(events, moment).forEach(board::hear);
    return String.join("\n", new TableView(screen).fitting(board, Scripts.START.plus(moment), 0))
        + "\n";
  }
}
