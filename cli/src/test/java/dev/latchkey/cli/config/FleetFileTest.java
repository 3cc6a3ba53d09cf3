// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.fleet.Fleet;
import dev.latchkey.core.fleet.Management;
import dev.latchkey.core.fleet.Management.Duty;
import dev.latchkey.core.fleet.Target;
import dev.latchkey.core.fleet.VaultAccess.Secret;
import dev.latchkey.core.gate.Bucket;
import dev.latchkey.core.gate.Lag;
import dev.latchkey.core.gate.Limits;
import dev.latchkey.core.resource.ResourceId;
import dev.latchkey.core.resource.SecretName;
import dev.latchkey.core.resource.ServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetFileTest {
  private static final String HEAD =
      """
      apiVersion: latchkey/v1
      application: orders
      subscription: 00000000-0000-0000-0000-000000000001
      keyVault: { name: kv-shared, resourceGroup: rg-shared, secrets: [db-password] }
      """;
  private static final String CHART = "chart: { path: chart }\n";
  private static final String CLUSTERS = "clusters: [{ name: aks-weu-1, resourceGroup: rg-weu }]\n";

  @TempDir private Path folder;

  @Test
  void aMinimalFileGetsEveryDefault() {
    var target = only(HEAD + CHART + CLUSTERS);

    assertThat(target.cluster()).isEqualTo(ResourceId.cluster(Samples.WEST, "rg-weu", "aks-weu-1"));
    assertThat(target.serviceAccount()).isEqualTo(new ServiceAccount("orders", "orders"));
    assertThat(target.identity().id("westeurope"))
        .isEqualTo(ResourceId.identity(Samples.WEST, "rg-weu", "id-orders-aks-weu-1"));
    assertThat(target.vault().vault())
        .isEqualTo(ResourceId.vault(Samples.WEST, "rg-shared", "kv-shared"));
    assertThat(target.vault().secrets())
        .containsExactly(new Secret(new SecretName("db-password"), "db-password"));
    assertThat(target.chart().release()).isEqualTo("orders");
    assertThat(target.chart().reference()).isEqualTo(folder.resolve("chart").toString());
    assertThat(target.manage()).isEqualTo(Management.ALL);
    assertThat(target.presence()).isEqualTo(Target.Presence.REQUIRED);
    assertThat(target.namespace()).isEqualTo(Target.Namespace.CREATE);
  }

  @Test
  void aClusterLaysItsOwnKeysOverTheDefaults() {
    var target =
        only(
            HEAD
                + CHART
                + """
                manage: { cluster: require, access: require }
                identity: { name: "id-{cluster}-{environment}", tags: { team: shop } }
                clusters:
                  - name: aks-weu-1
                    resourceGroup: rg-weu
                    as: west
                    environment: dev
                    optional: true
                    keyVault: { name: kv-dev }
                    secrets: [{ name: api-key, as: API_KEY }]
                    identity: { resourceGroup: rg-identities }
                    manage: { access: grant }
                """);

    assertThat(target.name().value()).isEqualTo("west");
    assertThat(target.presence()).isEqualTo(Target.Presence.OPTIONAL);
    assertThat(target.vault().vault())
        .isEqualTo(ResourceId.vault(Samples.WEST, "rg-shared", "kv-dev"));
    assertThat(target.vault().secrets())
        .containsExactly(new Secret(new SecretName("api-key"), "API_KEY"));
    assertThat(target.identity().id("westeurope"))
        .isEqualTo(ResourceId.identity(Samples.WEST, "rg-identities", "id-west-dev"));
    assertThat(target.identity().tags().values()).isEqualTo(Map.of("team", "shop"));
    assertThat(target.manage())
        .isEqualTo(new Management(Duty.REQUIRE, Duty.MAKE, Duty.MAKE, Duty.MAKE));
  }

  @Test
  void theLocationOfAnIdentityIsLeftToAzure() {
    var target = only(HEAD + CHART + CLUSTERS + "identity: { name: \"id-{location}\" }\n");

    assertThat(target.identity().nameTemplate()).isEqualTo("id-{location}");
  }

  @Test
  void setIsTypedAsYamlSaysAndQuotedTextStaysText() {
    var target =
        only(
            HEAD
                + CLUSTERS
                + """
                chart:
                  path: chart
                  set:
                    replicas: 3
                    image.tag: "1.10"
                    debug: true
                    ratio: 0.5
                    hosts[1].name: b.example
                    annotations.example\\.org/owner: shop
                    unset: null
                """);

    assertThat(target.chart().values().tree())
        .containsEntry("replicas", 3L)
        .containsEntry("image", Map.of("tag", "1.10"))
        .containsEntry("debug", true)
        .containsEntry("ratio", 0.5)
        .containsEntry("annotations", Map.of("example.org/owner", "shop"))
        .containsEntry("unset", null);
    assertThat((List<?>) target.chart().values().tree().get("hosts"))
        .isEqualTo(Arrays.asList(null, Map.of("name", "b.example")));
  }

  @Test
  void valuesFilesComeFirstAndSetLast() throws IOException {
    Files.writeString(folder.resolve("all.yaml"), "a: 1\nb: { c: 1, d: 1, e: 1 }\nliteral: ${X}\n");
    Files.writeString(folder.resolve("west.yaml"), "b: { d: 2, e: 2 }\n");

    var target =
        only(
            HEAD
                + """
                chart: { path: chart, values: [all.yaml], set: { b.e: 3 } }
                clusters: [{ name: aks-weu-1, resourceGroup: rg-weu, values: [west.yaml] }]
                """);

    assertThat(target.chart().values().tree())
        .isEqualTo(Map.of("a", 1L, "b", Map.of("c", 1L, "d", 2L, "e", 3L), "literal", "${X}"));
  }

  @Test
  void aChartValueMayHoldTheMacroThatKubernetesFills() {
    var target =
        only(HEAD + CLUSTERS + "chart: { path: chart, set: { host: $(POD_IP), text: \"$${A}\" } }");

    assertThat(target.chart().values().tree())
        .isEqualTo(Map.of("host", "$(POD_IP)", "text", "${A}"));
  }

  @Test
  void aVariableIsTextInQuotesAndTypedWithoutThem() {
    var yaml =
        HEAD
            + CLUSTERS
            + """
            chart:
              path: chart
              set:
                quoted: "${Build.Id}"
                plain: ${Build.Id}
                inside: v-${Build.Id}
            """;

    var fleet = Samples.fleet(folder, yaml, Map.of("BUILD_ID", "20"));

    assertThat(fleet.targets().getFirst().chart().values().tree())
        .isEqualTo(Map.of("quoted", "20", "plain", 20L, "inside", "v-20"));
  }

  @Test
  void clustersAndSecretsComeFromVariables() {
    var fleet =
        fromVariables(
            Map.of(
                "CLUSTERS",
                "rg-weu/aks-weu-1,\n  " + Samples.NORTH + "/rg-neu/aks-neu-1",
                "SECRETS",
                "db-password api-key"));

    assertThat(fleet.targets())
        .extracting(Target::cluster)
        .containsExactly(
            ResourceId.cluster(Samples.WEST, "rg-weu", "aks-weu-1"),
            ResourceId.cluster(Samples.NORTH, "rg-neu", "aks-neu-1"));
    assertThat(fleet.targets().getFirst().vault().names())
        .containsExactly(new SecretName("db-password"), new SecretName("api-key"));
  }

  @Test
  void clustersAndSecretsComeFromJsonArrays() {
    var fleet =
        fromVariables(
            Map.of(
                "CLUSTERS",
                "[\"rg-weu/aks-weu-1\", {\"name\":\"aks-neu-1\",\"resourceGroup\":\"rg-neu\","
                    + "\"optional\":true}]",
                "SECRETS",
                "[{\"name\":\"api-key\",\"as\":\"API_KEY\"}]"));

    assertThat(fleet.targets())
        .extracting(Target::presence)
        .containsExactly(Target.Presence.REQUIRED, Target.Presence.OPTIONAL);
    assertThat(fleet.targets().getLast().vault().secrets())
        .containsExactly(new Secret(new SecretName("api-key"), "API_KEY"));
  }

  private Fleet fromVariables(Map<String, String> variables) {
    return Samples.fleet(
        folder,
        """
        apiVersion: latchkey/v1
        application: orders
        subscription: 00000000-0000-0000-0000-000000000001
        keyVault:
          name: kv-shared
          resourceGroup: rg-shared
          subscription: 00000000-0000-0000-0000-000000000001
          secrets: "${SECRETS}"
        chart: { path: chart }
        clusters: "${CLUSTERS}"
        """,
        variables);
  }

  @Test
  void aMistakeInAVariableKeepsItsPlaceInTheFileAndItsEntry() {
    var reading =
        Samples.reading(
            folder,
            HEAD + CHART + "clusters: \"${CLUSTERS}\"",
            Map.of("CLUSTERS", "rg-weu/aks-weu-1, rg-neu/-aks"));

    var place = new Place("latchkey.yaml", 6, 11);
    var spot = new Spot(place, "clusters[1].name", new Source.Variable("CLUSTERS", 2));
    assertThat(Samples.mistakes(reading).problems())
        .containsExactly(new ConfigProblem.NameRefused(spot, "-aks", NameRule.CLUSTER));
  }

  @Test
  void aSecretsValuePutInThePlaceOfItsNameIsNeverRepeated() {
    var reading =
        Samples.reading(
            folder,
            """
            apiVersion: latchkey/v1
            application: orders
            keyVault: { name: kv-shared, resourceGroup: rg-shared, secrets: "${PASSWORD}" }
            chart: { path: chart }
            clusters: [00000000-0000-0000-0000-000000000001/rg-weu/aks-weu-1]
            """,
            Map.of("PASSWORD", "[hunter_2!: {*x"));

    assertThat(Samples.mistakes(reading).toString() + Samples.mistakes(reading).render())
        .doesNotContain("hunter");
  }

  @Test
  void otherLimitsAndLagsAreRead() {
    var accepted =
        Samples.accepted(
            Samples.reading(
                folder,
                HEAD
                    + CHART
                    + CLUSTERS
                    + """
                    azure:
                      limits: { tokens: { size: 20, perSecond: 0.5 } }
                      lags: { cluster-busy: { usual: 500ms, bound: 1h30m } }
                    """,
                Map.of()));

    assertThat(accepted.limits())
        .isEqualTo(
            Limits.azure()
                .with(Bucket.TOKENS, new Limits.Rate(20, 0.5))
                .with(
                    Lag.CLUSTER_BUSY,
                    new Limits.Wait(Duration.ofMillis(500), Duration.ofMinutes(90))));
  }

  @Test
  void clustersWithEqualNamesAreToldApartByAs() {
    var fleet =
        Samples.fleet(
            folder,
            HEAD
                + CHART
                + """
                clusters:
                  - { name: aks, resourceGroup: rg-weu }
                  - { name: aks, resourceGroup: rg-neu, as: aks-neu }
                """,
            Map.of());

    assertThat(fleet.targets())
        .extracting(target -> target.name().value())
        .containsExactly("aks", "aks-neu");
  }

  @Test
  void aFileThatIsNotThereIsOneMistake() {
    var reading = FleetFile.read(folder.resolve("none.yaml"), "none.yaml", Map.of());

    assertThat(Samples.mistakes(reading).render())
        .isEqualTo("none.yaml  there is no such file\n1 mistake. Nothing was sent to Azure.");
  }

  private Target only(String yaml) {
    var targets = Samples.fleet(folder, yaml, Map.of()).targets();
    assertThat(targets).hasSize(1);
    return targets.getFirst();
  }
}
