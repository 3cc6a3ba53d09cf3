// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.Typing;
import dev.latchkey.cli.command.Latchkey;
import dev.latchkey.sandbox.premise.IdentityPremise;
import dev.latchkey.sandbox.server.Options;
import dev.latchkey.sandbox.server.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `status`, typed as people do.
class StatusTest {
  private static final String CLUSTER = "aks-weu-1";

  @TempDir Path folder;

  private record Ended(int code, String out) {}

  @Test
  void tellsWhatIsMissingAndThenThatAllIsAsWanted() throws IOException {
    try (var sandbox = sandbox()) {
      Map<String, String> variables = sandbox.writeTo(folder);

      Ended before = type(variables, "status");
      Ended deployed = type(variables, "deploy");
      Ended after = type(variables, "status");

      assertThat(before.code()).isEqualTo(1);
      assertThat(before.out())
          .contains("✘ aks-weu-1  missing")
          .contains("managed identity is missing")
          .contains("0 of 1 cluster as wanted; 1 missing");
      assertThat(deployed.code()).as(deployed.out()).isZero();
      assertThat(after.out())
          .containsPattern("2 of 2 +workload 0.1.0, revision 1 +1 of 1 +just now, changed")
          .endsWith("✔ 1 of 1 cluster as wanted\n");
      assertThat(after.code()).isZero();
      try (var runs = Files.list(folder.resolve(".latchkey/runs"))) {
        assertThat(runs).as("a look leaves no record").hasSize(1);
      }
    }
  }

  @Test
  void namesWhatOthersChanged() throws IOException {
    try (var sandbox = sandbox()) {
      Map<String, String> variables = sandbox.writeTo(folder);
      type(variables, "deploy");
      sandbox.set(IdentityPremise.ISSUER_WITHOUT_SLASH, CLUSTER);

      Ended ended = type(variables, "status", "--output", "json");

      JsonNode status = JsonMapper.shared().readTree(ended.out());
      assertThat(ended.code()).isEqualTo(1);
      assertThat(status.at("/summary/drift").asInt()).isEqualTo(1);
      assertThat(status.at("/clusters/0/credential").asString()).isEqualTo("differs");
      assertThat(status.at("/clusters/0/secrets/readable").asInt()).isEqualTo(2);
      assertThat(status.at("/clusters/0/lastDeploy/ending").asString()).isEqualTo("changed");
      assertThat(status.at("/clusters/0/reasons/0").asString()).contains("issuer");
    }
  }

  private static Sandbox sandbox() {
    Path chart = Path.of(System.getProperty("latchkey.root")).resolve("charts/workload");
    return Sandbox.start(Options.defaults().withClusters(1).withChart(chart));
  }

  private Ended type(Map<String, String> variables, String... words) {
    var out = new ByteArrayOutputStream();
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("-f", folder.resolve("latchkey.yaml").toString()));
    int code =
        Latchkey.run(
            Typing.in(folder, out, new ByteArrayOutputStream()).with(variables),
            List.of(),
            all.toArray(String[]::new));
    return new Ended(code, out.toString(StandardCharsets.UTF_8));
  }
}
