// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Row;
import dev.latchkey.cli.Typing;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is wrong with a pipeline before anything is asked of Azure.
class RealFailuresAtTheStartTest {
  private static final Path CHART =
      Path.of(System.getProperty("latchkey.root")).resolve("charts/workload");

  @TempDir Path folder;

  @Test
  @Row("C134")
  void namesTheVariableThatTheStepWasNotGivenAndSignsInWithNothingElse() throws IOException {
    var err = new ByteArrayOutputStream();
    Options options =
        Options.defaults()
            .withClusters(1)
            .withChart(CHART)
            .withRequestLog(folder.resolve("requests.jsonl"));
    try (var sandbox = Sandbox.start(options)) {
      var environment = new HashMap<>(sandbox.writeTo(folder));
      environment.putAll(
          Map.of(
              "TF_BUILD", "True",
              "AZURESUBSCRIPTION_TENANT_ID", "t",
              "AZURESUBSCRIPTION_CLIENT_ID", "c",
              "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "s",
              "SYSTEM_OIDCREQUESTURI", sandbox.url(),
              "SYSTEM_ACCESSTOKEN", "$(System.AccessToken)"));
      Surroundings around = Typing.in(folder, OutputStream.nullOutputStream(), err);

      int code =
          Latchkey.run(
              new Surroundings(
                  around.version(),
                  environment,
                  folder,
                  folder,
                  around.out(),
                  around.err(),
                  around.terminal(),
                  around.time()),
              List.of(),
              "deploy",
              "--file",
              folder.resolve("latchkey.yaml").toString());

      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains(
              "sign-in-failed",
              "not set: SYSTEM_ACCESSTOKEN\n",
              "env: { SYSTEM_ACCESSTOKEN: $(System.AccessToken) }");
      assertThat(code).isOne();
      assertThat(folder.resolve("requests.jsonl")).isEmptyFile();
    }
  }
}
