// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// One request in five fails in one of ten ways, and every lag is as long as it may be.
class StormTest {
  private static final int ENGINES = 2;
  private static final int RUNS = 200;

  @Test
  void everyRunGetsThroughOrNamesWhatStoodInItsWay() throws Exception {
    var storm = new Storm(Grounds.of(1));

    List<Storm.Verdict> verdicts =
        new SideBySide(ENGINES)
            .all(
                number -> number < RUNS ? Optional.of(storm.of(number + 1)) : Optional.empty(),
                _ -> {});

    assertThat(verdicts)
        .hasSize(RUNS)
        .allSatisfy(
            verdict ->
                assertThat(verdict.wrong())
                    .as("latchkey sandbox torture --storm --seed %d", verdict.seed())
                    .isEmpty());
  }
}
