// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
  @Test
  void isAWholePercentage() {
    assertThat(Budget.of("50%")).contains(0.5);
    assertThat(Budget.of("1%")).contains(0.01);
    assertThat(Budget.of("100%")).contains(1.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "50", "0%", "101%", "0.5", "-5%", "5.5%", "050%"})
  void isNothingElse(String written) {
    assertThat(Budget.of(written)).isEmpty();
  }
}
