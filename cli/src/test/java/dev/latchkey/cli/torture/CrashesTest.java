// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.cli.command.WallTime;
import dev.latchkey.core.event.Summary;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrashesTest {
  private static final int ENGINES = 2;
  private static final int REQUESTS_AT_LEAST = 60;

  /// A run is killed at every one of its requests, before and after Azure has carried it out.
  @Test
  void theNextRunEndsAsIfNothingHadHappened() throws Exception {
    var crashes = new Crashes(Grounds.of(2));

    List<Crashes.Verdict> verdicts =
        new SideBySide(ENGINES).all(number -> crashes.at(CrashPoint.of(number)), _ -> {});

    assertThat(verdicts).hasSizeGreaterThan(2 * REQUESTS_AT_LEAST);
    assertThat(verdicts)
        .allSatisfy(verdict -> assertThat(verdict.wrong()).as("%s", verdict).isEmpty());
  }

  @Test
  void aRunMayDieWhileItsLookPauses() throws Exception {
    try (var time = new VirtualTime(new WallTime(), Instant.EPOCH)) {
      VirtualTime.Life dead = time.life();
      dead.end();

      assertThatCode(() -> Crashes.toDeath(dead, CrashesTest::interruptedLook))
          .doesNotThrowAnyException();
      assertThatThrownBy(() -> Crashes.toDeath(time.life(), CrashesTest::interruptedLook))
          .isInstanceOf(InterruptedException.class);
    }
  }

  private static Summary interruptedLook() throws InterruptedException {
    throw new InterruptedException("the look was interrupted");
  }
}
