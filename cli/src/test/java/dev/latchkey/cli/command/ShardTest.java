// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.resource.ClusterName;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
  @Test
  void everyClusterIsInExactlyOne() {
    for (int i = 1; i <= 500; i++) {
      var cluster = new ClusterName("aks-" + i);
      assertThat(IntStream.rangeClosed(1, 7).filter(number -> new Shard(number, 7).has(cluster)))
          .as("shards of %s", cluster)
          .hasSize(1);
    }
  }

  @Test
  void theyAreAboutEqual() {
    for (int number = 1; number <= 4; number++) {
      var shard = new Shard(number, 4);
      assertThat(
              IntStream.rangeClosed(1, 1000)
                  .filter(i -> shard.has(new ClusterName("aks-weu-" + i)))
                  .count())
          .isBetween(200L, 300L);
    }
  }

  @Test
  void aClusterStaysWhereItWasInEarlierVersions() {
    assertThat(new Shard(3, 4).has(new ClusterName("aks-weu-1"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/4", "5/4", "1", "a/b", "1/0", "1/1001", "-1/4", "1/4/2", ""})
  void otherWordsAreNone(String words) {
    assertThat(Shard.read(words)).isEmpty();
  }
}
