// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.gate.Bucket;
import dev.latchkey.core.gate.Lag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `docs/azure-lags.md` tells the figures that a run goes by.
class LagTableTest {
  private static final Path PAGE =
      Path.of(System.getProperty("latchkey.root", "..")).resolve("docs/azure-lags.md");

  /// A row of a table whose first cell is a key.
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (.*) \\|$");

  private static final Pattern CODE = Pattern.compile("`([A-Z]\\w+)`");

  @Test
  void hasOneRowForEachLagAndEachBucketAndNoOther() throws IOException {
    assertThat(rows().map(row -> row.group(1)).toList())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Arrays.stream(Lag.values()).map(Lag::key),
                    Arrays.stream(Bucket.values()).map(Bucket::key))
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void tellsCodesUsualTimeAndBoundOf(Lag lag) throws IOException {
    List<String> cells = cells(lag.key());

    assertThat(codes(cells.get(0))).isEqualTo(lag.codes());
    assertThat(cells.get(1)).isEqualTo(words(lag.usual()));
    assertThat(cells.get(2)).isEqualTo(words(lag.bound()));
  }

  @ParameterizedTest
  @EnumSource
  void tellsSizeAndRefillOf(Bucket bucket) throws IOException {
    List<String> cells = cells(bucket.key());

    assertThat(cells.get(0)).isEqualTo("%.0f".formatted(bucket.size()));
    assertThat(cells.get(1))
        .isEqualTo(
            bucket.perSecond() < 1
                ? "%.0f per minute".formatted(bucket.perSecond() * 60)
                : "%.0f".formatted(bucket.perSecond()));
  }

  private static Set<String> codes(String cell) {
    return CODE.matcher(cell).results().map(code -> code.group(1)).collect(Collectors.toSet());
  }

  private static String words(Duration duration) {
    return duration.toSeconds() < 120 || duration.toSecondsPart() > 0
        ? duration.toSeconds() + " s"
        : duration.toMinutes() + " min";
  }

  private static List<String> cells(String name) throws IOException {
    return rows()
        .filter(row -> row.group(1).equals(name))
        .map(row -> List.of(row.group(2).split(" \\| ")))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<MatchResult> rows() throws IOException {
    return ROW.matcher(Files.readString(PAGE)).results();
  }
}
