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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is wrong with a pipeline before anything is asked of Azure.
class RealFailuresAtTheStartTest {
  private static final Path CHART =
      Path.of(System.getProperty("latchkey.root")).resolve("charts/workload");

  private static final String FILE =
      """
      apiVersion: latchkey/v1
      application: orders
      serviceAccount: { namespace: orders, name: orders }
      keyVault: { name: kv-shared, resourceGroup: rg-shared, secrets: [ db-password ] }
      chart: { path: %s }
      clusters:
        - { name: aks, resourceGroup: rg, subscription: 11111111-1111-1111-1111-111111111111 }
      """
          .formatted(CHART);

  @TempDir Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest(name = "SYSTEM_ACCESSTOKEN is \"{0}\"")
  @ValueSource(strings = {"", "$(System.AccessToken)"})
  @Row("C134")
  void namesTheVariableThatTheStepWasNotGivenAndSignsInWithNothingElse(String token)
      throws IOException {
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
              "SYSTEM_ACCESSTOKEN", token));

      int code = run(environment, "deploy", "--file", folder.resolve("latchkey.yaml").toString());

      assertThat(told())
          .contains("sign-in-variables-missing")
          .contains(
              "add under `env:` of the pipeline's step: SYSTEM_ACCESSTOKEN: $(System.AccessToken)");
      assertThat(code).isEqualTo(2);
      assertThat(folder.resolve("requests.jsonl")).isEmptyFile();
    }
  }

  @Test
  void whatIsWrongInTheEnvironmentIsWrongInput() throws IOException {
    String file = Files.writeString(folder.resolve("latchkey.yaml"), FILE).toString();

    assertThat(run(Map.of("LATCHKEY_CLOUD", "moon"), "plan", "--file", file)).isEqualTo(2);
    assertThat(run(Map.of("LATCHKEY_CA", "none.pem"), "plan", "--file", file)).isEqualTo(2);
    assertThat(run(Map.of(), "plan", "--file", file, "--credential", "workload")).isEqualTo(2);
    assertThat(told()).contains("cloud-unknown", "ca-unreadable", "not set AZURE_TENANT_ID");
  }

  /// What was told, without the ends of lines.
  private String told() {
    return err.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
  }

  private int run(Map<String, String> environment, String... words) {
    Surroundings around = Typing.in(folder, OutputStream.nullOutputStream(), err);
    return Latchkey.run(
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
        words);
  }
}
