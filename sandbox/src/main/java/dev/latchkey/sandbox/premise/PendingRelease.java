// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.premise;

import dev.latchkey.sandbox.cluster.ClusterView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Gives each Helm release of a cluster one more revision, as an upgrade writes it that was cut.
///
/// Helm keeps a revision in a Secret: its JSON, compressed, in Base64, and that in the Secret's own
/// Base64 (`pkg/storage/driver/util.go` of helm/helm).
record PendingRelease(Backstage stage) {
  private static final String SECRETS = "/api/v1/secrets";
  private static final String PENDING = "pending-upgrade";

  /// The way back; empty while there is no release.
  Optional<Undo> make(ClusterView cluster) {
    List<Undo> done = new ArrayList<>();
    newest(cluster).values().forEach(each -> done.add(next(cluster, each)));
    return done.isEmpty() ? Optional.empty() : Optional.of(Undo.all(done));
  }

  private Map<String, JsonNode> newest(ClusterView cluster) {
    return stage.objects(cluster, SECRETS).stream()
        .filter(each -> label(each, "owner").equals("helm"))
        .collect(
            Collectors.toMap(
                each -> each.at("/metadata/namespace").asString("") + "/" + label(each, "name"),
                each -> each,
                BinaryOperator.maxBy(Comparator.comparingInt(PendingRelease::revision))));
  }

  private static String label(JsonNode secret, String name) {
    return secret.at("/metadata/labels").path(name).asString("");
  }

  private static int revision(JsonNode secret) {
    return Integer.parseInt(label(secret, "version"));
  }

  private Undo next(ClusterView cluster, JsonNode newest) {
    int revision = revision(newest) + 1;
    String namespace = newest.at("/metadata/namespace").asString("");
    String name = "sh.helm.release.v1.%s.v%d".formatted(label(newest, "name"), revision);
    String all = "/api/v1/namespaces/%s/secrets".formatted(namespace);
    ObjectNode secret = JsonMapper.shared().createObjectNode();
    secret.put("apiVersion", "v1").put("kind", "Secret");
    secret.put("type", newest.path("type").asString(""));
    ObjectNode metadata = secret.putObject("metadata").put("name", name);
    ObjectNode labels = ((ObjectNode) newest.at("/metadata/labels")).deepCopy();
    labels.put("status", PENDING).put("version", Integer.toString(revision));
    metadata.set("labels", labels);
    secret.putObject("data").put("release", pending(newest, revision));
    stage.inCluster(cluster, "POST", all, secret.toString());
    return () -> stage.inClusterIfThere(cluster, "DELETE", all + "/" + name, "");
  }

  private static String pending(JsonNode secret, int revision) {
    byte[] text = Base64.getDecoder().decode(secret.at("/data/release").asString(""));
    byte[] packed = Base64.getDecoder().decode(text);
    ObjectNode release = (ObjectNode) JsonMapper.shared().readTree(unpacked(packed));
    release.put("version", revision);
    release.withObject("info").put("status", PENDING).put("description", "Preparing upgrade");
    byte[] again =
        Base64.getEncoder().encode(packed(release.toString().getBytes(StandardCharsets.UTF_8)));
    return Base64.getEncoder().encodeToString(again);
  }

  private static byte[] unpacked(byte[] packed) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] packed(byte[] plain) {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
