// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.fleet.RolloutWish.Group;
import dev.latchkey.core.fleet.RolloutWish.OnFailure;
import dev.latchkey.core.fleet.Wave.Members;
import dev.latchkey.core.resource.ClusterName;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RolloutWishTest {
  private static final Wave CANARY = wave("canary", Members.Named.of(names("a")));
  private static final Wave REST = wave("rest", new Members.Rest());
  private static final Wave LAST = wave("last", Members.Named.of(names("b")));

  @Test
  void theWaveWithoutNamesTakesAllThatOthersDoNotName() {
    var wish = new RolloutWish(List.of(CANARY, REST, LAST), OnFailure.STOP);

    assertThat(wish.groups(names("a", "b", "c", "d")))
        .containsExactly(
            new Group(CANARY, names("a")),
            new Group(REST, names("c", "d")),
            new Group(LAST, names("b")));
  }

  @Test
  void aWaveWithNoClusterOfThisRunIsLeftOut() {
    var wish = new RolloutWish(List.of(CANARY, REST, LAST), OnFailure.STOP);

    assertThat(wish.groups(names("b"))).containsExactly(new Group(LAST, names("b")));
  }

  @Test
  void aClusterThatNoWaveTakesIsDoneWithTheLastOne() {
    var wish = new RolloutWish(List.of(CANARY, LAST), OnFailure.STOP);

    assertThat(wish.groups(names("a", "c")))
        .containsExactly(new Group(CANARY, names("a")), new Group(LAST, names("c")));
  }

  @Test
  void aShareOfTheBudgetIsRoundedDown() {
    assertThat(new Budget.Share(10).of(29)).isEqualTo(2);
    assertThat(new Budget.Share(10).of(9)).isZero();
    assertThat(new Budget.Share(100).of(7)).isEqualTo(7);
  }

  private static Wave wave(String name, Members members) {
    return new Wave(name, members, 1, new Budget.Count(0), Duration.ZERO);
  }

  private static List<ClusterName> names(String... names) {
    return Stream.of(names).map(ClusterName::new).toList();
  }
}
