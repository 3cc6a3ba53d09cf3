// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.latchkey.cli.command.WallTime;
import dev.latchkey.core.event.Summary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  @Test
  void aRunTakesAzuresMinutesAndEndsAsTheOneBefore() throws Exception {
    Ground ground = Grounds.of(2);
    Instant start = new WallTime().now();
    try (Arena arena = ground.arena()) {
      Summary summary = arena.deploy(List.of());
      Duration real = Duration.between(start, new WallTime().now());

      assertThat(summary.complete()).as("%s", Ground.problems(summary)).isTrue();
      assertThat(summary.took()).isBetween(Duration.ofSeconds(90), Duration.ofMinutes(10));
      assertThat(real).isLessThan(summary.took());
      assertThat(ground.end().differences(Picture.of(arena.sandbox.saved()))).isEmpty();
    }
  }

  @Test
  void anEngineThatDiesWaitsForNothingAnyMore() throws Exception {
    try (var time = new VirtualTime(new WallTime(), Instant.EPOCH)) {
      VirtualTime.Life life = time.life();
      life.end();

      assertThat(catchThrowable(() -> life.pause(Duration.ofDays(1))))
          .isInstanceOf(InterruptedException.class);
    }
  }
}
