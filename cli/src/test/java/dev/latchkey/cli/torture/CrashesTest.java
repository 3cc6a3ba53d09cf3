// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// A run is killed at every one of its requests, before and after Azure has carried it out.
class CrashesTest {
  private static final int ENGINES = 2;
  private static final int REQUESTS_AT_LEAST = 60;

  @Test
  void theNextRunEndsAsIfNothingHadHappened() throws Exception {
    var crashes = new Crashes(Grounds.of(2));

    List<Crashes.Verdict> verdicts =
        new SideBySide(ENGINES).all(number -> crashes.at(CrashPoint.of(number)), _ -> {});

    assertThat(verdicts).hasSizeGreaterThan(2 * REQUESTS_AT_LEAST);
    assertThat(verdicts)
        .allSatisfy(verdict -> assertThat(verdict.wrong()).as("%s", verdict).isEmpty());
  }
}
