// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Row;
import dev.latchkey.core.event.Summary;
import dev.latchkey.core.fleet.Budget;
import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.RolloutWish;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.Wave;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Runs that last longer than anything by which they are signed in.
class LongRunsTest {
  private static final Duration SOAK = Duration.ofMinutes(80);

  /// An id token is good for ten minutes and an access token for an hour.
  @Test
  @Row({"C066", "C068"})
  void aRunOfHoursFromOneServiceConnectionAsksForNewTokensItself() throws Exception {
    try (Arena arena = Arena.begun(Grounds.around(), Grounds.options(3))) {
      var connection = new ServiceConnection(arena);
      arena.sandbox.let(connection::answer);
      arena.signInBy(connection::environment);
      arena.want(LongRunsTest::oneAfterTheOther);

      Summary summary = arena.deploy(List.of());

      assertThat(summary.complete()).as("%s", Ground.problems(summary)).isTrue();
      assertThat(summary.took()).isGreaterThan(Duration.ofHours(4));
      assertThat(connection.refused).isEmpty();
      assertThat(connection.signIns).hasSizeBetween(3, 8);
      assertThat(connection.handedOut).hasSizeGreaterThanOrEqualTo(connection.signIns.size());
    }
  }

  private static Fleet oneAfterTheOther(Fleet fleet) {
    List<Wave> waves =
        fleet.targets().stream()
            .map(Target::name)
            .map(
                name ->
                    new Wave(
                        name.value(),
                        Wave.Members.Named.of(List.of(name)),
                        1,
                        new Budget.Share(0),
                        SOAK))
            .toList();
    return new Fleet(
        fleet.application(), fleet.targets(), new RolloutWish(waves, RolloutWish.OnFailure.STOP));
  }
}
