// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.kubernetes.helm;

import dev.latchkey.core.problem.ProblemException;
import dev.latchkey.core.resource.ChartValues;
import dev.latchkey.core.resource.Release;
import dev.latchkey.kubernetes.manifest.ShownObjects;
import dev.latchkey.kubernetes.workload.HookLook.Hook;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the Secret in which Helm keeps one revision of a release.
///
/// Its labels only help to find it: what counts is the record inside, gzipped JSON in base64.
///
/// @see <a
///   href="https://github.com/helm/helm/blob/main/pkg/storage/driver/secrets.go">secrets.go</a>
/// @param failedHooks the hooks that did not end well when this revision was written
record ReleaseSecret(Secret secret, Release release, List<Hook> failedHooks) {
  private static final Set<String> NOT_WELL = Set.of("Failed", "Running");
  private static final TypeReference<TreeMap<String, Object>> TREE = new TypeReference<>() {};

  static ReleaseSecret read(Secret secret) {
    try {
      JsonNode record = record(secret);
      return new ReleaseSecret(secret, release(record), failedHooks(record));
    } catch (IOException
        | JacksonException
        | YamlEngineException
        | IllegalArgumentException
        | DateTimeException e) {
      throw broken(secret, e);
    }
  }

  /// The files of the chart in it, see [StoredChart].
  PrivateFolder chart() {
    try {
      return PrivateFolder.holding(StoredChart.files(record(secret)));
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      throw broken(secret, e);
    }
  }

  private static ProblemException broken(Secret secret, Exception failure) {
    return new ProblemException(
        new HelmProblem.RecordBroken(
            secret.getMetadata().getNamespace(),
            secret.getMetadata().getName(),
            failure.getClass().getSimpleName()), // the message may quote the record, values and all
        failure);
  }

  private static JsonNode record(Secret secret) throws IOException {
    String data = secret.getData() == null ? null : secret.getData().get("release");
    if (data == null) {
      throw new IllegalArgumentException("there is no `release` in it");
    }
    byte[] content = Base64.getDecoder().decode(Base64.getDecoder().decode(data));
    boolean zipped = content.length > 2 && content[0] == 0x1f && content[1] == (byte) 0x8b;
    if (!zipped) { // records of Helm before 3
      return JsonMapper.shared().readTree(content);
    }
    try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(content))) {
      return JsonMapper.shared().readTree(unzipped);
    }
  }

  private static Release release(JsonNode record) {
    JsonNode chart = record.path("chart");
    JsonNode metadata = chart.path("metadata");
    JsonNode info = record.path("info");
    return new Release(
        record.path("namespace").asString(),
        record.path("name").asString(),
        record.path("version").asInt(),
        info.path("status").asString(),
        metadata.path("name").asString() + " " + metadata.path("version").asString(),
        digest(chart),
        new ChartValues(Numbers.plain(tree(record.path("config")))),
        record.path("manifest").asString(),
        moment(info.path("last_deployed").asString()),
        info.path("description").asString(),
        definitions(chart),
        ShownObjects.of(record.path("manifest").asString(), record.path("namespace").asString()),
        record.path("hooks").size());
  }

  private static List<Hook> failedHooks(JsonNode record) {
    return record
        .path("hooks")
        .valueStream()
        .filter(hook -> NOT_WELL.contains(hook.at("/last_run/phase").asString("")))
        .map(hook -> new Hook(hook.path("kind").asString(), hook.path("name").asString()))
        .toList();
  }

  private static Map<String, String> definitions(JsonNode chart) {
    var files = new TreeMap<String, byte[]>();
    addAll(files, chart.path("files"));
    return ChartDigest.definitions(files);
  }

  private static Instant moment(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  private static String digest(JsonNode chart) {
    var files = new TreeMap<String, byte[]>();
    addAll(files, chart.path("templates"));
    addAll(files, chart.path("files"));
    if (chart.path("schema").isString()) {
      files.put("values.schema.json", Base64.getDecoder().decode(chart.path("schema").asString()));
    }
    if (chart.path("lock").isObject()) {
      files.put("Chart.lock", ChartDigest.lock(tree(chart.path("lock"))));
    }
    return ChartDigest.of(tree(chart.path("metadata")), tree(chart.path("values")), files);
  }

  private static void addAll(Map<String, byte[]> files, JsonNode list) {
    for (JsonNode file : list) {
      files.put(
          file.path("name").asString(), Base64.getDecoder().decode(file.path("data").asString()));
    }
  }

  private static Map<String, Object> tree(JsonNode node) {
    return node.isObject() ? JsonMapper.shared().convertValue(node, TREE) : Map.of();
  }
}
