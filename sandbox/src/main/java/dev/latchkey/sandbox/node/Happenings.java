// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.sandbox.node;

import dev.latchkey.sandbox.kubernetes.KubernetesCluster;
import dev.latchkey.sandbox.schema.Kinds;
import dev.latchkey.sandbox.schema.Trees;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the events of a cluster; one that repeats is counted.
final class Happenings {
  private final KubernetesCluster cluster;

  Happenings(KubernetesCluster cluster) {
    this.cluster = cluster;
  }

  void normal(JsonNode about, String source, String reason, String message) {
    write(about, source, "Normal", reason, message);
  }

  void warning(JsonNode about, String source, String reason, String message) {
    write(about, source, "Warning", reason, message);
  }

  private void write(JsonNode about, String source, String type, String reason, String message) {
    String namespace = Trees.text(about, "metadata", "namespace");
    String subject = Trees.text(about, "metadata", "name");
    String what = Trees.text(about, "metadata", "uid") + reason + message;
    String hash = UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString();
    String name = subject + "." + hash.replace("-", "").substring(0, 16);
    String now = cluster.resources().timestamp();
    boolean counted =
        cluster
            .resources()
            .change(
                Kinds.EVENT,
                namespace,
                name,
                event ->
                    event
                        .put("count", Trees.number(event, 1, "count") + 1)
                        .put("lastTimestamp", now))
            .isPresent();
    boolean home = cluster.store().find(Kinds.NAMESPACE, "", namespace).isPresent();
    if (!counted && home) {
      ObjectNode event = Trees.object();
      Trees.child(event, "metadata").put("name", name);
      ObjectNode involved = Trees.child(event, "involvedObject");
      for (String field : new String[] {"kind", "apiVersion"}) {
        involved.put(field, Trees.text(about, field));
      }
      for (String field : new String[] {"name", "namespace", "uid", "resourceVersion"}) {
        involved.put(field, Trees.text(about, "metadata", field));
      }
      event.put("type", type).put("reason", reason).put("message", message).put("count", 1);
      event.put("firstTimestamp", now).put("lastTimestamp", now).putNull("eventTime");
      event.put("reportingComponent", source).put("reportingInstance", "");
      event.putObject("source").put("component", source);
      cluster.resources().create(Kinds.EVENT, namespace, event);
    }
  }
}
