// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The chart that Helm's record of a revision holds, as files that Helm can load again.
///
/// A record leaves out the charts that a chart depends on. Such a chart is replaced by one whose
/// only template is what was rendered then, hooks included: the objects are the same, and Helm's
/// own roll-back takes them from there too.
final class StoredChart {
  private final JsonNode record;

  private StoredChart(JsonNode record) {
    this.record = record;
  }

  /// The files by their path.
  ///
  /// @param record of one revision
  static Map<String, byte[]> files(JsonNode record) {
    var stored = new StoredChart(record);
    return stored.dependsOnOthers() ? stored.rendered() : stored.asItWas();
  }

  private boolean dependsOnOthers() {
    JsonNode metadata = record.at("/chart/metadata");
    return !metadata.path("dependencies").isEmpty()
        || record
            .path("manifest")
            .asString()
            .contains("# Source: " + metadata.path("name").asString() + "/charts/");
  }

  private Map<String, byte[]> asItWas() {
    JsonNode chart = record.path("chart");
    Map<String, byte[]> files = otherFiles();
    files.put("Chart.yaml", yaml(chart.path("metadata")));
    add(files, chart.path("templates"));
    if (chart.path("schema").isString()) {
      files.put("values.schema.json", Base64.getDecoder().decode(chart.path("schema").asString()));
    }
    if (chart.path("lock").isObject()) {
      files.put("Chart.lock", yaml(chart.path("lock")));
    }
    return files;
  }

  private Map<String, byte[]> rendered() {
    Map<String, byte[]> files = otherFiles();
    ObjectNode metadata = ((ObjectNode) record.at("/chart/metadata")).deepCopy();
    metadata.remove("dependencies");
    files.put("Chart.yaml", yaml(metadata));
    var objects = new StringBuilder(record.path("manifest").asString());
    for (JsonNode hook : record.path("hooks")) {
      objects.append("\n---\n").append(hook.path("manifest").asString());
    }
    String template = objects.toString().replace("{{", "{{ \"{{\" }}");
    files.put("templates/rendered.yaml", template.getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private Map<String, byte[]> otherFiles() {
    var files = new TreeMap<String, byte[]>();
    JsonNode chart = record.path("chart");
    add(files, chart.path("files"));
    if (chart.path("values").isObject()) {
      files.put("values.yaml", yaml(chart.path("values")));
    }
    return files;
  }

  private static void add(Map<String, byte[]> files, JsonNode list) {
    for (JsonNode file : list) {
      files.put(
          file.path("name").asString(), Base64.getDecoder().decode(file.path("data").asString()));
    }
  }

  private static byte[] yaml(JsonNode tree) {
    return JsonMapper.shared().writeValueAsBytes(tree); // JSON is YAML
  }
}
