// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.core.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChartValuesTest {
  @Test
  void comparesNumbersByWhatTheyCount() {
    var written = new ChartValues(Map.of("replicas", 1L, "ports", List.of(BigInteger.TWO, 1.0)));
    var read = new ChartValues(Map.of("replicas", 1, "ports", List.of(2, 1)));

    assertThat(read).isEqualTo(written).hasSameHashCodeAs(written);
  }

  @Test
  void tellsATextFromANumber() {
    assertThat(new ChartValues(Map.of("tag", "1"))).isNotEqualTo(new ChartValues(Map.of("tag", 1)));
  }

  @Test
  void laysValuesOverOthersMapByMap() {
    var under = new ChartValues(Map.of("image", Map.of("tag", "1", "name", "orders")));

    assertThat(under.with(new ChartValues(Map.of("image", Map.of("tag", "2")))))
        .isEqualTo(new ChartValues(Map.of("image", Map.of("tag", "2", "name", "orders"))));
  }

  @Test
  void hidesThemselves() {
    assertThat(new ChartValues(Map.of("password", "hunter2"))).hasToString("ChartValues[hidden]");
  }
}
