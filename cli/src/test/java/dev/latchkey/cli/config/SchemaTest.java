// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The schema for editors agrees with [FleetFile], as far as a schema can say it.
class SchemaTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("latchkey.root", "..")).resolve("examples");
  private static final JsonNode SCHEMA = schema();

  /// Faults between two keys, in other files, in variables, or in the YAML itself.
  private static final Set<String> BEYOND_A_SCHEMA =
      Set.of(
          "empty",
          "tab",
          "key-twice",
          "unclosed-list",
          "unclosed-quote",
          "second-document",
          "unknown-alias",
          "endless-alias",
          "identity-name",
          "identity-placeholder",
          "environment-missing",
          "identity-shared",
          "cluster-twice",
          "equal-names",
          "vault-subscription",
          "missing-subscription",
          "secret-twice",
          "condition-too-long",
          "select-subscription-unclear",
          "select-in-several-subscriptions",
          "chart-missing",
          "not-a-chart",
          "chart-version-idle",
          "values-missing",
          "values-broken",
          "set-path",
          "variable-missing",
          "variable-undefined-in-pipeline",
          "variable-empty",
          "clusters-from-variable",
          "clusters-from-json",
          "clusters-from-broken-json",
          "secret-value-as-name",
          "wave-clusters",
          "wave-twice",
          "cluster-without-wave");

  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files.filter(file -> !file.toString().endsWith("values.yaml")).sorted().toList();
    }
  }

  static List<Path> wrongFiles() throws IOException {
    return WrongFilesTest.wrongFiles().stream().filter(SchemaTest::isWithinASchema).toList();
  }

  private static boolean isWithinASchema(Path file) {
    return !BEYOND_A_SCHEMA.contains(
        file.getFileName().toString().replaceAll("^\\d\\d-|\\.yaml$", ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void everyExamplePassesBoth(Path example, @TempDir Path folder) throws IOException {
    var copy = Files.createDirectories(folder.resolve("examples"));
    var chart = Files.createDirectories(folder.resolve("charts/workload"));
    Files.writeString(chart.resolve("Chart.yaml"), "name: workload");
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    var variables =
        Map.of(
            "SUBSCRIPTION", Samples.WEST,
            "CLUSTERS", "rg-weu/aks-weu-1, rg-neu/aks-neu-1",
            "KEY_VAULT", "kv-orders",
            "SECRETS", "db-password, payment-api-key",
            "BUILD_BUILDID", "4711");

    assertThat(FleetFile.read(copy.resolve(example.getFileName()), variables))
        .isNotInstanceOf(Reading.Refused.class);

    assertThat(errors(example)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongFiles")
  void whatASchemaCanSayItRefusesToo(Path file) throws IOException {
    assertThat(errors(file)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/properties/serviceAccount, serviceAccount",
    "/$defs/identity, identity",
    "/$defs/keyVault, keyVault",
    "/properties/chart, chart",
    "/$defs/manage, manage",
    "/$defs/cluster, cluster",
    "/$defs/selection, selection",
    "/$defs/selection/properties/select, select",
    "/properties/rollout, rollout",
    "/$defs/wave, wave",
  })
  void knowsTheSameKeys(String pointer, String section) {
    assertThat(SCHEMA.at(pointer).get("properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(keys(section));
  }

  private static List<String> keys(String section) {
    return switch (section) {
      case "serviceAccount" -> Keys.SERVICE_ACCOUNT;
      case "identity" -> Keys.IDENTITY;
      case "keyVault" -> Keys.KEY_VAULT;
      case "chart" -> Keys.CHART;
      case "manage" -> Keys.MANAGE;
      case "cluster" -> Keys.CLUSTER;
      case "selection" -> Keys.SELECTION;
      case "select" -> Keys.SELECT;
      case "rollout" -> Keys.ROLLOUT;
      case "wave" -> Keys.WAVE;
      default -> throw new IllegalArgumentException(section);
    };
  }

  @Test
  void knowsTheSameKeysAtTheTopAndTheSameLimitsAndLags() {
    var azure = SCHEMA.at("/properties/azure/properties");

    assertThat(SCHEMA.get("properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(Keys.TOP);
    assertThat(azure.at("/limits/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(LimitsReader.LIMITS);
    assertThat(azure.at("/lags/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(LimitsReader.LAGS);
  }

  private static List<?> errors(Path file) throws IOException {
    var tree = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(SCHEMA);
    return schema.validate(JsonMapper.shared().<JsonNode>valueToTree(tree));
  }

  private static JsonNode schema() {
    try (var stream = FleetFile.class.getResourceAsStream("latchkey.schema.json")) {
      return JsonMapper.shared().readTree(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
