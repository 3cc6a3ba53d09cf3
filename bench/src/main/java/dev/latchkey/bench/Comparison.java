// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.bench;

import dev.latchkey.sandbox.message.Answer.Body;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Options.Profile;
import dev.latchkey.sandbox.server.Sandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// latchkey beside the script that it replaces, on sandboxes of the same durations and limits.
///
/// Each contestant gets a fresh sandbox of the same seed, in this process, so the processor time of
/// the sandbox is nobody's.
public final class Comparison {
  private static final Pattern VARIABLE = Pattern.compile("export (\\w+)='([^']*)'");
  private static final Pattern CLUSTER =
      Pattern.compile("- \\{ name: ([\\w-]+), resourceGroup: ([\\w-]+)");
  private static final Pattern SUCCEEDED = Pattern.compile("\"succeeded\"\\s*:\\s*(\\d+)");
  private static final String VAULT_VERSION = "2023-07-01";
  private static final String SIGN_IN =
      """
      az cloud register -n sandbox --endpoint-resource-manager "$LATCHKEY_CLOUD" &&
      az cloud set -n sandbox &&
      az login --service-principal -u "$AZURE_CLIENT_ID" -t "$AZURE_TENANT_ID" \
        --federated-token "$(cat "$AZURE_FEDERATED_TOKEN_FILE")" -o none
      """;

  private final Path launcher;
  private final Path chart;
  private final Path script;
  private final String programs;
  private final double pace;
  private final PrintStream out = System.out;

  private Comparison(String launcher, String chart, String script, String programs, String pace) {
    this.launcher = Path.of(launcher).toAbsolutePath();
    this.chart = Path.of(chart).toAbsolutePath();
    this.script = Path.of(script).toAbsolutePath();
    this.programs = programs;
    this.pace = Double.parseDouble(pace);
  }

  /// Measures and prints a table.
  ///
  /// @param words the launcher, the chart, the script, folders of az, kubectl and helm with `:`
  ///   between them, how many times as fast as Azure, and numbers of clusters
  public static void main(String[] words) throws IOException, InterruptedException {
    var comparison = new Comparison(words[0], words[1], words[2], words[3], words[4]);
    comparison.out.println(
        "| clusters | run | s | processor s | ARM requests a cluster | 429 | access works on |");
    comparison.out.println("|---|---|---|---|---|---|---|");
    for (String clusters : List.of(words).subList(5, words.length)) {
      comparison.compare(Integer.parseInt(clusters));
    }
  }

  private void compare(int clusters) throws IOException, InterruptedException {
    try (var stage = new Stage(clusters)) {
      stage.row("script, one by one", stage.script(1));
    }
    try (var stage = new Stage(clusters)) {
      stage.row("script, 8 at once", stage.script(8));
    }
    try (var stage = new Stage(clusters)) {
      stage.row("latchkey, cold", stage.deploy());
      stage.row("latchkey, warm", stage.deploy());
    }
  }

  /// One sandbox.
  private final class Stage implements AutoCloseable {
    private final int clusters;
    private final Path folder = Files.createTempDirectory("comparison");
    private final Path log = folder.resolve("requests.jsonl");
    private final Sandbox sandbox;
    private final Map<String, String> variables;
    private long seen;

    Stage(int clusters) throws IOException {
      this.clusters = clusters;
      this.sandbox =
          Sandbox.start(
              Options.defaults()
                  .withClusters(clusters)
                  .withProfile(Profile.AZURE.at(pace))
                  .withChart(chart)
                  .withRequestLog(log));
      this.variables = new HashMap<>(sandbox.writeTo(folder));
      variables.put("LATCHKEY_CACHE", "off");
    }

    Measured deploy() throws IOException, InterruptedException {
      return Measured.run(
          folder, variables, List.of(launcher.toString(), "deploy", "-f", fleet().toString()));
    }

    /// Who signs in is not measured: a pipeline's task does it.
    Measured script(int processes) throws IOException, InterruptedException {
      Map<String, String> az = new HashMap<>(variables);
      VARIABLE
          .matcher(Files.readString(folder.resolve("az.env")))
          .results()
          .forEach(found -> az.put(found.group(1), found.group(2)));
      az.put("PATH", programs + ":" + System.getenv("PATH"));
      Measured.run(folder, az, List.of("bash", "-c", SIGN_IN));
      seen = lines();
      Path input = Files.createTempFile(folder, "clusters", ".txt");
      Files.writeString(
          input,
          CLUSTER
              .matcher(Files.readString(fleet()))
              .results()
              .map(found -> found.group(2) + " " + found.group(1))
              .collect(Collectors.joining("\n", "", "\n")));
      String subscription = az.getOrDefault("AZURE_SUBSCRIPTION_ID", "");
      String vault =
          "/subscriptions/%s/resourceGroups/rg-shared/providers/Microsoft.KeyVault/vaults/kv-shared"
              .formatted(subscription);
      List<String> command =
          Stream.of(
                  script.toString(),
                  "" + processes,
                  subscription,
                  vault,
                  address(vault),
                  az.getOrDefault("AZURE_TENANT_ID", ""),
                  chart.toString(),
                  "db-password",
                  "payment-api-key")
              .toList();
      return Measured.run(folder, az, input, command);
    }

    private String address(String vault) {
      return sandbox.askArm("GET", vault, VAULT_VERSION, "").body() instanceof Body.Json(var tree)
          ? tree.at("/properties/vaultUri").asString("")
          : "";
    }

    void row(String run, Measured measured) throws IOException, InterruptedException {
      Requests requests = Requests.of(log, seen);
      String proven = proven();
      seen = lines();
      out.printf(
          Locale.ROOT,
          "| %d | %s | %.1f | %.1f | %.1f | %d | %s |%n",
          clusters,
          run,
          measured.seconds(),
          measured.processorSeconds(),
          (double) requests.arm() / clusters,
          requests.refused(),
          proven);
    }

    /// On how many clusters the trust chain holds right after a run, as latchkey sees it.
    private String proven() throws IOException, InterruptedException {
      var builder =
          new ProcessBuilder(
              launcher.toString(), "verify", "-f", fleet().toString(), "--output", "json");
      builder.environment().putAll(variables);
      Process process = builder.directory(folder.toFile()).redirectError(Redirect.DISCARD).start();
      String told = process.inputReader().readAllAsString();
      process.waitFor();
      return SUCCEEDED
          .matcher(told)
          .results()
          .map(found -> found.group(1))
          .reduce((_, last) -> last)
          .orElse("none");
    }

    private Path fleet() {
      return folder.resolve("latchkey.yaml");
    }

    private long lines() throws IOException {
      try (var lines = Files.lines(log)) {
        return lines.count();
      }
    }

    @Override
    public void close() {
      sandbox.close();
    }
  }
}
