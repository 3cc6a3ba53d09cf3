// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.Event;
import dev.latchkey.core.event.WaveVerdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaveWordsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T14:02:11Z");

  @Test
  void tellsWhichWaveBegins() {
    assertThat(WaveWords.of(new Event.WaveStarted(NOW, "rest", 2, 2, 49)))
        .isEqualTo("wave 2 of 2, rest: 49 clusters");
  }

  @Test
  void tellsHowLongAWaveIsWatched() {
    Instant until = NOW.plus(Duration.ofMinutes(10));

    assertThat(WaveWords.of(new Event.Soaking(NOW, "canary", 1, until)))
        .isEqualTo("wave canary is done; its cluster is watched for 10 min");
    assertThat(WaveWords.of(new Event.Soaking(NOW, "rest", 49, until)))
        .isEqualTo("wave rest is done; its 49 clusters are watched for 10 min");
  }

  @ParameterizedTest
  @CsvSource({
    "0, PASSED, wave rest: passed",
    "1, PASSED, 'wave rest: passed, 1 failed of at most 2'",
    "3, OVER_BUDGET, 'wave rest: 3 failed of at most 2; goes on, as the file says'",
    "3, STOPPED, 'wave rest: 3 failed of at most 2; the rollout ends here'",
    "3, ROLLED_BACK, 'wave rest: 3 failed of at most 2; the rollout ends here, after the roll-back'",
    "0, INTERRUPTED, wave rest: interrupted",
  })
  void tellsHowAWaveEnded(int failures, WaveVerdict verdict, String words) {
    assertThat(WaveWords.of(new Event.WaveEnded(NOW, "rest", failures, 2, verdict)))
        .isEqualTo(words);
  }
}
