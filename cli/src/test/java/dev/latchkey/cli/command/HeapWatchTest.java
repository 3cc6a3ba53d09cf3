// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapWatchTest {
  private static final long MEBIBYTE = 1L << 20;

  private final HeapWatch.Growth growth = new HeapWatch.Growth();

  @Test
  void aSmallHeapIsLeftAlone() {
    growth.collected(20 * MEBIBYTE);

    assertThat(growth.isDue(100 * MEBIBYTE)).isFalse();
  }

  @Test
  void aLargeOneIsCollectedOnceItHasGrownByHalf() {
    growth.collected(200 * MEBIBYTE);

    assertThat(growth.isDue(299 * MEBIBYTE)).isFalse();
    assertThat(growth.isDue(301 * MEBIBYTE)).isTrue();
  }

  @Test
  void whatIsNeededForGoodIsNotCollectedAgainAndAgain() {
    assertThat(growth.isDue(800 * MEBIBYTE)).isTrue();

    growth.collected(700 * MEBIBYTE);

    assertThat(growth.isDue(800 * MEBIBYTE)).isFalse();
  }
}
