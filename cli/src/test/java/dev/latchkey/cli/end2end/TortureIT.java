// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program, killed at each kind of request that it sends.
class TortureIT {
  private static final Pattern VERDICT =
      Pattern.compile("(\\d+) of (\\d+) kinds of requests: a killed process converges");
  private static final int KINDS_AT_LEAST = 25;
  private static final Duration BOUND = Duration.ofMinutes(20);

  @TempDir Path folder;

  @Test
  void whateverRequestItIsKilledAtTheNextRunEndsAsIfNothingHadHappened() throws Exception {
    var console = new Console(folder, Map.of("LATCHKEY_CACHE", folder.resolve("cache").toString()));
    Ended ended;
    try (Running torture = console.start("sandbox", "torture", "--processes")) {
      ended = torture.end(BOUND);
    }

    assertThat(ended.code()).as(ended.all()).isZero();
    Matcher verdict = VERDICT.matcher(ended.out());
    assertThat(verdict.find()).as(ended.all()).isTrue();
    assertThat(verdict.group(1)).isEqualTo(verdict.group(2));
    assertThat(Integer.parseInt(verdict.group(2))).isGreaterThanOrEqualTo(KINDS_AT_LEAST);
  }
}
