// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.fleet.ChartWish;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.Token;
import dev.latchkey.kubernetes.access.ApiServers;
import dev.latchkey.kubernetes.manifest.Manifest;
import dev.latchkey.kubernetes.manifest.Manifest.Item;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Charts made again from Helm's records.
class StoredChartTest {
  private static final String TEMPLATE =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: { name: colors }
      data: { color: "{{ .Values.color }}" }
      """;

  @Test
  void hasTheFilesThatWereStored() throws Exception {
    JsonNode record = record("", "");

    try (PrivateFolder folder = PrivateFolder.holding(StoredChart.files(record))) {
      Path chart = folder.path();
      assertThat(chart.resolve("templates/map.yaml")).hasContent(TEMPLATE);
      assertThat(chart.resolve("README.md")).hasContent("hi");
      assertThat(ChartFiles.read(chart.toString()).digest())
          .isEqualTo(
              ChartDigest.of(
                  Map.of("name", "shop", "version", "0.2.0", "apiVersion", "v2"),
                  Map.of("color", "red", "size", 1),
                  Map.of(
                      "templates/map.yaml", TEMPLATE.getBytes(StandardCharsets.UTF_8),
                      "README.md", "hi".getBytes(StandardCharsets.UTF_8))));
    }
  }

  @Test
  void rendersWhatAChartWithSubchartsRenderedThen() {
    Assumptions.assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "Helm's native library comes for Linux on amd64 only");
    JsonNode record =
        record(
            ",\"dependencies\":[{\"name\":\"db\",\"version\":\"1.0.0\"}]",
            """
            "hooks":[{"name":"migrate","manifest":"%s"}],
            "manifest":"%s",
            """
                .formatted(
                    object("Job", "migrate", "helm.sh/hook: pre-upgrade"),
                    object("ConfigMap", "text", "about: '{{ not a template }}'")));

    List<Item> rendered;
    try (var servers = new ApiServers(() -> new Token("none"), "test");
        var releases = new HelmJavaReleases(servers, Map.of());
        PrivateFolder folder = PrivateFolder.holding(StoredChart.files(record))) {
      var wish =
          new ChartWish(
              folder.path().toString(), Optional.empty(), "shop", ChartValues.none(), Map.of());
      String manifest = releases.render(wish, "shop", ChartValues.none()).manifest();
      rendered = Manifest.parse(manifest).objects();
    }

    assertThat(rendered).extracting(Item::title).containsExactly("ConfigMap/text"); // no hooks here
    assertThat(rendered.getFirst().text("metadata", "annotations", "about"))
        .contains("{{ not a template }}");
    assertThat(StoredChart.files(record).get("templates/rendered.yaml"))
        .asString(StandardCharsets.UTF_8)
        .contains("helm.sh/hook: pre-upgrade");
  }

  @Test
  void writesNothingOutsideOfItsFolder() {
    assertThatThrownBy(() -> PrivateFolder.holding(Map.of("../elsewhere", new byte[0])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leavesNoFolderBehind() {
    PrivateFolder folder = PrivateFolder.holding(Map.of("templates/a.yaml", new byte[0]));
    folder.close();

    assertThat(Files.exists(folder.path())).isFalse();
  }

  private static String object(String kind, String name, String annotation) {
    return "---\\napiVersion: v1\\nkind: %s\\nmetadata:\\n  name: %s\\n  annotations:\\n    %s\\n"
        .formatted(kind, name, annotation);
  }

  private static JsonNode record(String metadata, String more) {
    String template = Base64.getEncoder().encodeToString(TEMPLATE.getBytes(StandardCharsets.UTF_8));
    return JsonMapper.shared()
        .readTree(
            """
            {%s
            "chart":{"metadata":{"name":"shop","version":"0.2.0","apiVersion":"v2"%s},
                     "values":{"color":"red","size":1},
                     "templates":[{"name":"templates/map.yaml","data":"%s"}],
                     "files":[{"name":"README.md","data":"aGk="}]},
            "config":{}}
            """
                .formatted(more, metadata, template));
  }
}
