// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sandbox.message.Answer;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Options.Profile;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Federation does not wait for the minutes of an AKS update.
class EarlyCredentialIT {
  @TempDir Path root;

  @Test
  void theCredentialIsWrittenWhileTheClusterIsStillUpdating() throws Exception {
    var options = Options.defaults().withClusters(1).withProfile(Profile.AZURE.at(3));
    try (World world = World.start(root, options);
        Halt written = Halt.at(world, "PUT", "/federatedIdentityCredentials/");
        Running deploy = world.console().start("deploy", "-f", world.fleet())) {
      written.await();
      assertThat(state(world)).isEqualTo("Updating");
      written.release();
      world.sandbox().clock().advance(Duration.ofMinutes(1));
      Ended ended = deploy.end();

      assertThat(ended.code()).as(ended.all()).isZero();
      assertThat(ended.out()).contains("issuer taken from the running update");
      assertThat(state(world)).isEqualTo("Succeeded");
    }
  }

  private static String state(World world) {
    String id =
        "/subscriptions/%s/resourceGroups/rg-weu/providers/Microsoft.ContainerService/managedClusters/aks-weu-1"
            .formatted(world.console().variables().get("SUBSCRIPTION"));
    Answer answer = world.sandbox().askArm("GET", id, "2025-03-01", "");
    return answer.body() instanceof Answer.Body.Json(var cluster)
        ? cluster.at("/properties/provisioningState").asString()
        : answer.toString();
  }
}
