// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LagDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("latchkey.root", "."), "docs", "azure-lags.md");

  @ParameterizedTest
  @EnumSource
  void theDocumentTellsCodesUsualTimeAndBoundOfEachLag(Lag lag) throws IOException {
    var cells = row(lag.name());

    assertThat(lag.codes()).allSatisfy(code -> assertThat(cells.get(1)).contains("`" + code + "`"));
    assertThat(cells.subList(2, 4)).containsExactly(words(lag.usual()), words(lag.bound()));
  }

  @ParameterizedTest
  @EnumSource
  void theDocumentTellsSizeAndRefillOfEachBucket(Bucket bucket) throws IOException {
    var cells = row(bucket.name());

    assertThat(cells.subList(1, 3))
        .containsExactly(plain(bucket.size()), refill(bucket.perSecond()));
  }

  private static List<String> row(String name) throws IOException {
    String line =
        Files.readAllLines(DOCUMENT).stream()
            .filter(candidate -> candidate.startsWith("| `" + name + "` |"))
            .findFirst()
            .orElseThrow();
    return List.of(line.substring(2).split(" \\| "));
  }

  private static String words(Duration duration) {
    long seconds = duration.toSeconds();
    boolean inMinutes = seconds > 60 && seconds % 60 == 0;
    return inMinutes ? duration.toMinutes() + " min" : seconds + " s";
  }

  private static String refill(double perSecond) {
    return perSecond < 1 ? plain(perSecond * 60) + " per minute" : plain(perSecond);
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
