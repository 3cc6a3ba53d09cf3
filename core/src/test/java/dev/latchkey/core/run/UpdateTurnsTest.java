// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.step.Watch.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpdateTurnsTest {
  private final UpdateTurns turns = new UpdateTurns();

  @Test
  void anyNumberIsUpdatedAtOnceWhileAzureDoesNotThrottleItself() {
    assertThat(taken("s", 1000)).hasSize(1000);
  }

  @Test
  void halfAsManyAsRanMayOnceAzureThrottledItself() {
    List<Turn> running = taken("s", 8);

    assertThat(running.getFirst().throttled()).isEqualTo(4);
    running.forEach(Turn::over);

    assertThat(taken("s", 8)).hasSize(4);
  }

  @Test
  void updatesThatBeganBeforeTheNumberWasCutDoNotCutItAgain() {
    List<Turn> running = taken("s", 8);

    assertThat(running).extracting(Turn::throttled).containsOnly(4);
    running.forEach(Turn::over);

    List<Turn> fewer = taken("s", 8);
    assertThat(fewer).extracting(Turn::throttled).containsOnly(2);
  }

  @Test
  void oneMayAlways() {
    List<Turn> alone = taken("s", 1);

    assertThat(alone.getFirst().throttled()).isOne();
    alone.getFirst().over();

    assertThat(taken("s", 2)).hasSize(1);
  }

  @Test
  void aTurnIsGivenBackOnce() {
    List<Turn> running = taken("s", 4);
    running.getFirst().throttled();
    running.getFirst().over();
    running.getFirst().over();

    assertThat(taken("s", 1)).isEmpty();
  }

  @Test
  void otherSubscriptionsAreNotConcerned() {
    taken("s", 2).getFirst().throttled();

    assertThat(taken("S", 1)).isEmpty();
    assertThat(taken("t", 5)).hasSize(5);
  }

  private List<Turn> taken(String subscription, int times) {
    var taken = new ArrayList<Turn>();
    for (int i = 0; i < times; i++) {
      Optional<Turn> turn = turns.take(ResourceId.cluster(subscription, "rg", "aks-" + i));
      turn.ifPresent(taken::add);
    }
    return taken;
  }
}
