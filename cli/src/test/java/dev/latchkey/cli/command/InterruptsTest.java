// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGTERM")
class InterruptsTest {
  private static final Path ROOT = Path.of(System.getProperty("latchkey.root", ".."));

  @TempDir Path folder;

  @Test
  void aSignalBeforeAnybodyIsSignedInEndsWithTheSameCodeAndSaysSo() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process waiting = deploy("https://localhost:" + silent.getLocalPort());
      try (Socket _ = silent.accept()) {
        waiting.toHandle().destroy();

        assertThat(waiting.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(waiting.exitValue()).isEqualTo(130);
        assertThat(new String(waiting.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo("Interrupted. Nothing was changed.\n");
      } finally {
        waiting.destroyForcibly();
      }
    }
  }

  private Process deploy(String cloud) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    var builder =
        new ProcessBuilder(
                List.of(
                    java.toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "deploy",
                    "-f",
                    ROOT.resolve("examples/minimal.yaml").toString()))
            .directory(folder.toFile());
    Path token = Files.writeString(folder.resolve("token"), "token");
    builder.environment().put("LATCHKEY_CLOUD", cloud);
    builder.environment().put("AZURE_TENANT_ID", "11111111-1111-1111-1111-111111111111");
    builder.environment().put("AZURE_CLIENT_ID", "22222222-2222-2222-2222-222222222222");
    builder.environment().put("AZURE_FEDERATED_TOKEN_FILE", token.toString());
    return builder.start();
  }
}
