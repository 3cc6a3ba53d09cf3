// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.server.Options;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The log of the sample application, which really runs, through the real kubectl.
class KubectlLogsIT {
  @TempDir static Path root;
  private static World world;

  @BeforeAll
  static void deploy() throws IOException, InterruptedException {
    world = World.start(root, Options.defaults().withClusters(1).withPrograms(LeakIT.realPods()));
    Ended ended = world.console().latchkey("deploy", "-f", world.fleet());
    assertThat(ended.code()).as(ended.all()).isZero();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @ParameterizedTest
  @EnumSource
  void readsAndFollowsTheLogOfTheSampleApp(Release release) throws Exception {
    Client kubectl = Client.of(world, release.kubectl());
    String command = "-n orders logs deployment/orders";

    String log = kubectl.says(command);
    assertThat(log).contains("serving on port ", "secret db-password: read", "ready");
    assertThat(kubectl.says(command + " --tail=1").lines())
        .containsExactly(log.lines().toList().getLast());
    try (Running following = kubectl.start(command + " --follow")) {
      following.say("ready");
      assertThat(following.handle().isAlive()).isTrue();
    }
  }
}
