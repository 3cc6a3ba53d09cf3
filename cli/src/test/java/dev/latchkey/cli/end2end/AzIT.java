// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.end2end;

import dev.latchkey.sandbox.server.Options;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real `az`: one sandbox and one sign-in for all, each area a transcript of its own.
@TestInstance(Lifecycle.PER_CLASS)
class AzIT {
  private World world;
  private Console console;

  @BeforeAll
  void signIn(@TempDir Path folder) throws Exception {
    Path az = Installed.by("az", Path.of("az", "bin", "az"));
    String path = az.getParent() + ":" + System.getenv("PATH");
    world = World.start(folder, Options.defaults());
    console = world.console().with(Map.of("PATH", path));
    Transcript.of("az/sign-in.txt").check(console);
  }

  @AfterAll
  void stop() throws Exception {
    if (world != null) {
      world.close();
      RequestLogs.keep("az", world);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"account", "group", "identity", "role", "vault", "secret", "cluster"})
  void printsWhatItPrintsOnAzure(String area) throws Exception {
    Transcript.of("az/" + area + ".txt").check(console);
  }
}
