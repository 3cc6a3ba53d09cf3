// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class StepTest {
  @Test
  void everyNeedIsGivenByAnEarlierStep() {
    var given = EnumSet.noneOf(Fact.class);
    for (Step step : Step.values()) {
      assertThat(given).as("known before step %d", step.number()).containsAll(step.needed());
      given.addAll(step.given());
    }
  }

  @Test
  void everyFactIsGivenByExactlyOneStep() {
    for (Fact fact : Fact.values()) {
      assertThat(Step.values()).filteredOn(step -> step.given().contains(fact)).hasSize(1);
    }
  }

  @Test
  void stepsAreNumberedInOrder() {
    assertThat(Step.values()).extracting(Step::number).containsExactly(1, 2, 3, 4, 5, 6);
  }
}
