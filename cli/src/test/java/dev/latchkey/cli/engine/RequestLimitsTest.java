// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Options.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An Azure that counts requests as the real one does refuses none of ours.
class RequestLimitsTest {
  /// Durations are short; the buckets fill as slowly as Azure's.
  private static final Profile COUNTING = Profile.AZURE.at(100);

  private static final String CLUSTER = Stage.clusterId("aks-weu-1");

  @TempDir Path folder;

  @Test
  void aColdRunOfThreeClustersIsNeverRefusedAsTooFast() throws IOException {
    try (var stage = Stage.with(Options.defaults().withProfile(COUNTING), folder)) {
      assertThat(stage.deploy().complete()).isTrue();
    }

    assertThat(requests()).isNotEmpty().noneMatch(line -> line.path("status").asInt() == 429);
  }

  @Test
  void aClusterIsReadForThePlanRightBeforeTheUpdateAndAfterIt() throws IOException {
    try (var stage = Stage.of(1, folder)) {
      assertThat(stage.deploy().complete()).isTrue();
    }

    assertThat(requests())
        .filteredOn(line -> line.path("path").asString().equalsIgnoreCase(CLUSTER))
        .extracting(line -> line.path("method").asString())
        .containsExactly("GET", "GET", "PUT", "GET");
  }

  private List<JsonNode> requests() throws IOException {
    return Files.readAllLines(folder.resolve("requests.jsonl")).stream()
        .map(line -> JsonMapper.shared().readTree(line))
        .toList();
  }
}
