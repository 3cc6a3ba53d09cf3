// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.event.Summary;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Options.Profile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One request in fifty fails on the wire, and callers are held to Azure's limits.
class StormTest {
  @TempDir Path folder;

  @Test
  void deploysThroughFaultsOfTheWireWithinAzuresLimits() {
    Options stormy = Options.defaults().withSeed(7).withProfile(Profile.STORMY.at(60));
    try (var stage = Stage.with(stormy, folder)) {
      Summary summary = stage.deploy();

      assertThat(summary.clusters())
          .allSatisfy(
              cluster ->
                  assertThat(cluster.succeeded())
                      .as("%s", cluster.problems().values().stream().map(Stage::told).toList())
                      .isTrue());
      assertThat(stage.deploy().changes()).isZero();
    }
  }
}
